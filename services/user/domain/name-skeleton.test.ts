import fc from 'fast-check';
import { skeletonsOf } from './name-skeleton';

const isTwin = (one: string, other: string): boolean =>
  skeletonsOf(one).some((skeleton) => skeletonsOf(other).includes(skeleton));

describe('skeletonsOf', () => {
  it.each([
    ['kesha', 'kеsһа'],
    ['Kesha', 'Кesha'],
    ['kesha', 'KESHA'],
    ['paypal', 'раураl'],
    ['admin', 'аdmіn'],
    ['modern', 'modem'],
    ['popug-1', 'popug-l'],
    ['Сергей', 'Сергей'.normalize('NFD')],
    ['straße', 'STRASSE'],
    ['ΣΑΣ', 'σας'],
    ['ｋesha', 'kesha'],
  ])('sees no difference between %s and %s', (one, other) => {
    expect(isTwin(one, other)).toBe(true);
  });

  it.each([
    ['kesha', 'gosha'],
    ['popug-1', 'popug-2'],
    ['Сергей', 'Сергеи'],
    ['विक्रम', 'विक्रमा'],
    ['ara', 'ará'],
  ])('tells %s from %s', (one, other) => {
    expect(isTwin(one, other)).toBe(false);
  });

  it('does not depend on how letters are composed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (name) => {
        expect(skeletonsOf(name.normalize('NFD'))).toEqual(skeletonsOf(name.normalize('NFC')));
      }),
    );
  });
});

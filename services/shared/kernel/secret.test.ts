import fc from 'fast-check';
import { prepareSecret } from './secret';

describe('prepareSecret', () => {
  it('is the same however a keyboard composes the letters', () => {
    const secret = 'клюв-Ёжика-é';
    expect(prepareSecret(secret.normalize('NFD'))).toBe(prepareSecret(secret.normalize('NFC')));
  });

  it('takes every kind of blank for a blank', () => {
    expect(prepareSecret('a\u00a0b\u3000c\u2003d')).toBe('a b c d');
    expect(prepareSecret(' a ')).toBe(' a ');
  });

  it('keeps width, case and compatibility characters apart (RFC 8265)', () => {
    const written = ['Ａ', 'A', 'a', 'ﬁ', 'fi', '①'];
    expect(written.map(prepareSecret)).toEqual(written);
  });

  it.each(['', 'tab\there', 'nul\0', 'del\u007f', 'c1\u0085'])('refuses %j', (text) => {
    expect(prepareSecret(text)).toBeNull();
  });

  it('prepares what is prepared to itself', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const prepared = prepareSecret(text);
        if (prepared !== null) expect(prepareSecret(prepared)).toBe(prepared);
      }),
    );
  });
});

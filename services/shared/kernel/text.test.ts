import fc from 'fast-check';
import { hidesSomething, isVisible, lengthOf } from './text';

describe('isVisible', () => {
  it.each([
    '',
    ' \t\n',
    '\u3164',
    '\u2800',
    '\u115f\u1160\uffa0',
    '\u200b\u2060\ufeff',
    '\u{e0061}',
  ])('sees nothing in %j', (text) => {
    expect(isVisible(text)).toBe(false);
  });

  it.each(['\u{1d159}', '\u{16fe4}', '\u{13441}\u{13442}', '\u00ad', '\u202e\u202c', '\0\u0007'])(
    'sees nothing in %j either',
    (text) => {
      expect(isVisible(text)).toBe(false);
    },
  );

  it.each(['a', '.', '🦜', '\u3164a\u2800', 'विक्रम', '한'])('sees %s', (text) => {
    expect(isVisible(text)).toBe(true);
  });
});

it('tells a text with something unseen from one without', () => {
  expect(['kesha\uffa0', 'ke\u202esha', 'ke sha', 'x\u2800'].map(hidesSomething)).not.toContain(
    false,
  );
  expect(['kesha', 'विक्रम', 'Сергей'.normalize('NFD')].map(hidesSomething)).not.toContain(true);
});

it('counts what JSON Schema counts', () => {
  expect(lengthOf('🦜🦜')).toBe(2);
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (t) => lengthOf(t) === [...t].length));
});

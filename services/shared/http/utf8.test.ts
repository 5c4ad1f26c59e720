import { lossyTextOf, requireTextTarget, textOf } from './utf8';

/** Byte sequences that are not UTF-8 (RFC 3629, section 3). */
const malformed: [string, string][] = [
  ['windows-1251', 'EFE0F0E0EBEBE5EBFC'],
  ['a lone continuation byte', '80'],
  ['a truncated sequence', 'D0'],
  ['a truncated sequence in the middle', 'E282 61'],
  ['an overlong slash', 'C0AF'],
  ['an overlong NUL', 'C080'],
  ['an overlong form of three bytes', 'E080AF'],
  ['a surrogate', 'EDA080'],
  ['a pair of surrogates (CESU-8)', 'EDA0BDEDB880'],
  ['more than U+10FFFF', 'F4908080'],
  ['a byte that never occurs', 'FF'],
  ['UTF-16 with its mark', 'FFFE2200'],
];
const bytesOf = (hex: string): Buffer => Buffer.from(hex.replaceAll(' ', ''), 'hex');

describe('textOf', () => {
  it.each(malformed)('refuses %s', (_, hex) => {
    expect(() => textOf(bytesOf(hex), 'The body')).toThrow('The body is not UTF-8');
    expect(lossyTextOf(bytesOf(hex))).toContain('\ufffd');
  });

  it.each(['', 'plain', 'Пёс', '🦜', '\u{10ffff}', '\ufffd', 'नमस्ते'])('reads %j', (text) => {
    expect(textOf(Buffer.from(text), 'The body')).toBe(text);
  });

  it('leaves out a byte order mark at the front and no other', () => {
    expect(textOf(Buffer.from('\ufeff{}'), 'The body')).toBe('{}');
    expect(textOf(Buffer.from('a\ufeffb'), 'The body')).toBe('a\ufeffb');
  });
});

describe('requireTextTarget', () => {
  const encoded = (hex: string): string => hex.replaceAll(' ', '').replace(/../g, '%$&');

  it.each(malformed)('refuses %s, in a path and in a query, in capitals and small', (_, hex) => {
    for (const part of [encoded(hex), encoded(hex).toLowerCase()]) {
      expect(() => requireTextTarget(`/tasks/${part}`)).toThrow('not UTF-8');
      expect(() => requireTextTarget(`/tasks?q=a${part}`)).toThrow('not UTF-8');
      expect(() => requireTextTarget(`/tasks?${part}=1`)).toThrow('not UTF-8');
    }
  });

  it.each(['%', '%2', '%zz', 'a%b', '%u0041', '100%&b=1'])('refuses the query ?q=%s', (q) => {
    expect(() => requireTextTarget(`/tasks?q=${q}`)).toThrow('not percent-encoded');
  });

  it.each(['/', '/tasks?q=%D0%9F%d1%91+x', '/a%2Fb', '/%F0%9F%A6%9C?%25=%25zz', '*', '/x?'])(
    'lets %s through',
    (target) => {
      expect(() => requireTextTarget(target)).not.toThrow();
    },
  );
});

import fc from 'fast-check';
import { canonicalEmail } from './email';

describe('canonicalEmail', () => {
  it.each([
    'kesha@popug.example',
    'user@xn--80a1acny.xn--p1ai',
    'user=x@example.com',
    "o'brien+popug@example.co.uk",
    `${'a'.repeat(64)}@example.com`,
    'a@b-c--d.example',
  ])('takes %s', (address) => {
    expect(canonicalEmail(address)).toBe(address);
  });

  it.each([
    ['KESHA@Popug.Example', 'kesha@popug.example'],
    ['user@почта.рф', 'user@xn--80a1acny.xn--p1ai'],
    [`user@${'йод'.normalize('NFD')}.рф`, 'user@xn--d1ajp.xn--p1ai'],
    ['user@XN--80A1ACNY.xn--p1ai', 'user@xn--80a1acny.xn--p1ai'],
  ])('stores %s as %s', (written, stored) => {
    expect(canonicalEmail(written)).toBe(stored);
  });

  it.each([
    ['no host', 'kesha'],
    ['no local part', '@popug.example'],
    ['a local part of 65 octets', `${'a'.repeat(65)}@example.com`],
    ['a domain of more than 255 octets', `a@${'b.'.repeat(130)}example`],
    ['a label of more than 63 octets', `a@${'b'.repeat(64)}.example`],
    ['a label that ends in -', 'a@b-.example'],
    ['a label that begins with -', 'a@-b.example'],
    ['a broken punycode label', 'a@xn--a.xn--p1ai'],
    ['letters beyond ASCII before the @', 'почта@example.com'],
    ['a letter that is ASCII only in lower case', '\u212aesha@example.com'],
    ['a quoted local part', '"a b"@example.com'],
    ['two dots', 'a..b@example.com'],
    ['a comment', 'a(b)@example.com'],
    ['a line break', 'kesha@popug.example\r\nBcc: all@popug.example'],
    ['a blank', 'ke sha@popug.example'],
    ['an address of the internet', 'a@[127.0.0.1]'],
    ['a number for a host', 'a@127.0.0.1'],
    ['a name without domain', 'a@localhost'],
    ['a percent sign in the host', 'a@ex%61mple.рф'],
    ['a path in the host', 'a@почта.рф/x'],
  ])('refuses %s', (_, address) => {
    expect(canonicalEmail(address)).toBeNull();
  });

  it('keeps what it made', () => {
    fc.assert(
      fc.property(fc.emailAddress(), (text) => {
        const address = canonicalEmail(text);
        if (address !== null) expect(canonicalEmail(address)).toBe(address);
      }),
    );
  });
});

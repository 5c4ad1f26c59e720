import fc from 'fast-check';
import type { Content, Locale } from './language';
import { composeLetter } from './letter';

const amount = { amount: '4250', currency: 'USD' };
const day = '2026-03-02';
const contents: Content[] = [
  { template: 'payout-paid', day, amount },
  { template: 'payout-refused', day, amount, reason: 'The account number is not known' },
  { template: 'payout-returned', day, amount, reason: 'account closed' },
  { template: 'entry-reversed', kind: 'fee', day, amount, reason: 'assigned by mistake' },
  { template: 'bank-account-changed', bankAccount: '••••4312' },
  { template: 'beak-shape-changed' },
  { template: 'beak-shape-reset', nickname: 'grey', by: 'admin' },
  { template: 'email-changed', newEmail: 'new@popug.example' },
];
const locales: Locale[] = ['en', 'ru'];

/** `Intl` formats sums with no-break spaces. */
const plain = (text: string): string => text.replace(/[\u00a0\u202f]/g, ' ');

const says: Record<Locale, Record<Content['template'], string[]>> = {
  en: {
    'payout-paid': ['$42.50', 'March 2, 2026', 'statement'],
    'payout-refused': ['$42.50', 'March 2, 2026', '“The account number is not known”', 'check'],
    'payout-returned': ['$42.50', 'March 2, 2026', '“account closed”', 'next payout'],
    'entry-reversed': ['+$42.50', 'a fee', 'March 2, 2026', '“assigned by mistake”', 'statement'],
    'bank-account-changed': ['••••4312', 'administrator'],
    'beak-shape-changed': ['beak shape', 'administrator'],
    'beak-shape-reset': ['grey', 'admin', 'audit log'],
    'email-changed': ['new@popug.example', 'administrator'],
  },
  ru: {
    'payout-paid': ['42,50 $', '2 марта 2026 г.', 'выписке'],
    'payout-refused': ['42,50 $', '2 марта 2026 г.', '«The account number is not known»', 'номер'],
    'payout-returned': ['42,50 $', '2 марта 2026 г.', '«account closed»', 'следующую выплату'],
    'entry-reversed': ['+42,50 $', 'списание', '2 марта 2026 г.', '«assigned by mistake»'],
    'bank-account-changed': ['••••4312', 'администратору'],
    'beak-shape-changed': ['форма клюва', 'администратору'],
    'beak-shape-reset': ['grey', 'admin', 'журнал'],
    'email-changed': ['new@popug.example', 'администратору'],
  },
};

describe.each(locales)('a letter in %s', (locale) => {
  it.each(contents)('about $template says what matters, as text and as HTML', (content) => {
    const { subject, text, html } = composeLetter(locale, 'kesha', content);
    expect(subject).not.toBe('');
    for (const words of says[locale][content.template]) {
      expect(plain(text)).toContain(words);
      expect(plain(html)).toContain(words);
    }
    expect(text).toContain('kesha');
    expect(html).toContain(`lang="${locale}"`);
    expect(text).not.toMatch(/undefined|null|\[object|\.\./);
  });

  it('puts the sum into the subject of a letter about money', () => {
    for (const content of contents.slice(0, 4)) {
      const { subject } = composeLetter(locale, 'kesha', content);
      expect(plain(subject)).toMatch(/42[.,]50/);
    }
  });

  it('leaves the bank out when it gave no reason', () => {
    const content = { template: 'payout-refused', day, amount, reason: '' } as const;
    expect(composeLetter(locale, 'kesha', content).text).not.toMatch(/[“”«»]/);
  });

  it.each([
    ['reward', '-4250'],
    ['reversal', '4250'],
  ] as const)('says the sign of a correction of a %s', (kind, cents) => {
    const change = { amount: cents, currency: 'USD' };
    const content = { template: 'entry-reversed', kind, day, amount: change, reason: 'x' } as const;
    const sign = cents.startsWith('-') ? '-' : '+';
    expect(composeLetter(locale, 'kesha', content).text).toMatch(new RegExp(`\\${sign}\\$?42`));
  });

  it('escapes what people and banks wrote', () => {
    const content = { template: 'payout-refused', day, amount, reason: `<b>&"'` } as const;
    const { text, html } = composeLetter(locale, '<script>', content);
    expect(text).toContain(`<b>&"'`);
    expect(html).toContain('&lt;b&gt;&amp;&quot;&#39;');
    expect(html).toContain('&lt;script&gt;');
    expect(html).not.toContain('<script>');
  });

  it('lets nobody begin a line of their own', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (name, reason) => {
        const usual = composeLetter(locale, 'kesha', contents[1]!).text.split('\n').length;
        const content = { template: 'payout-refused', day, amount, reason } as const;
        const { text } = composeLetter(locale, name, content);
        expect(text.split(/[\n\r\u2028\u2029]/)).toHaveLength(usual);
      }),
      { examples: [['a\r\nBcc: b@c.example', 'x\u2028y']] },
    );
  });
});

it.each([
  ['en', '1', 'USD', '$0.01'],
  ['en', '123456789012345678', 'USD', '$1,234,567,890,123,456.78'],
  ['en', '1250', 'JPY', '¥1,250'],
  ['ru', '123456', 'RUB', '1 234,56 ₽'],
  ['ru', '5', 'EUR', '0,05 €'],
] as const)('writes a sum exactly: %s %s %s is %s', (locale, cents, currency, written) => {
  const content = { template: 'payout-paid', day, amount: { amount: cents, currency } } as const;
  expect(plain(composeLetter(locale, 'kesha', content).text)).toContain(written);
});

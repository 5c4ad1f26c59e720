import fc from 'fast-check';
import { canonicalBankAccount, maskBankAccount } from './bank-account';

const digits = (length: number): fc.Arbitrary<string> =>
  fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: length, maxLength: length });

describe('canonicalBankAccount', () => {
  it.each([
    '40817810099910004312',
    'GB82WEST12345698765432',
    'DE89370400440532013000',
    'RU0304452522540817810538091310419',
    'XK051212012345678906',
    '044525225/40817810538091310419',
    '044525225/30101810400000000225',
  ])('takes %s', (number) => {
    expect(canonicalBankAccount(number)).toBe(number);
  });

  it.each([
    ['DE89 3704 0044 0532 0130 00', 'DE89370400440532013000'],
    ['de89\u00a03704\u00a00044\u00a00532\u00a00130\u00a000', 'DE89370400440532013000'],
    ['gb82WEST12345698765432', 'GB82WEST12345698765432'],
    ['408 17 810 0 9991 0004312', '40817810099910004312'],
    ['044525225 / 40817810538091310419', '044525225/40817810538091310419'],
  ])('stores %s as %s', (written, stored) => {
    expect(canonicalBankAccount(written)).toBe(stored);
  });

  it.each([
    ['an IBAN that is too short for its country', 'DE5137040044053201300'],
    ['an IBAN with check digits out of range', 'GB00HLFX11016111455365'],
    ['an IBAN of no country', 'ZZ22370400440532013000'],
    ['an IBAN with another structure', 'GB82123412345698765432'],
    ['a wrong checksum', 'GB82WEST12345698765433'],
    ['an account of zeros', '0'.repeat(20)],
    ['an IBAN of zeros', 'DE36000000000000000000'],
    ['zeros with a BIK', `044525225/${'0'.repeat(20)}`],
    ['19 digits', '4081781009991000431'],
    ['21 digits', '408178100999100043120'],
    ['a wrong key', '044525225/40817810638091310419'],
    ['the key of another bank', '044525226/40817810538091310419'],
    ['a correspondent account elsewhere', '044030225/30101810400000000225'],
    ['a BIK alone', '044525225'],
    ['a BIK of eight digits', '04452522/40817810538091310419'],
    ['a line break', '40817810099910004312\n'],
    ['dashes', 'DE89-3704-0044-0532-0130-00'],
    ['digits of another script', '٤٠٨١٧٨١٠٠٩٩٩١٠٠٠٤٣١٢'],
    ['a letter that only becomes one', 'ıT60X0542811101000000123456'],
    ['nothing', ' '],
  ])('refuses %s', (_, written) => {
    expect(canonicalBankAccount(written)).toBeNull();
  });

  it('finds each wrong digit of a Russian account, whatever the bank', () => {
    fc.assert(
      fc.property(digits(9), digits(20), fc.nat(19), (bik, account, at) => {
        const keys = [...'0123456789'].filter((digit) => {
          const changed = account.slice(0, at) + digit + account.slice(at + 1);
          return canonicalBankAccount(`${bik}/${changed}`) !== null;
        });
        // An account that begins with 301 is checked by another rule: two digits may fit there.
        expect(keys.length).toBeLessThanOrEqual(at < 3 ? 2 : 1);
      }),
    );
  });

  it('keeps what it made', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'0123456789 DEdeRU/') }), (text) => {
        const number = canonicalBankAccount(text);
        if (number !== null) expect(canonicalBankAccount(number)).toBe(number);
      }),
    );
  });
});

describe('maskBankAccount', () => {
  it('shows the last four characters only', () => {
    expect(maskBankAccount('40817810099910004312')).toBe('••••••••••••••••4312');
  });
});

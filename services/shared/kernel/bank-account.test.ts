import { isBankAccount, maskBankAccount } from './bank-account';

describe('isBankAccount', () => {
  it.each(['40817810099910004312', 'GB82WEST12345698765432', 'DE89370400440532013000'])(
    'takes %s',
    (value) => {
      expect(isBankAccount(value)).toBe(true);
    },
  );

  it.each([
    'GB82WEST12345698765433',
    'gb82WEST12345698765432',
    '4081781009991000431',
    '408178100999100043120',
    '40817810099910004312\n',
    'DE89 3704 0044 0532 0130 00',
    '',
  ])('refuses %j', (value) => {
    expect(isBankAccount(value)).toBe(false);
  });
});

describe('maskBankAccount', () => {
  it('shows the last four characters only', () => {
    expect(maskBankAccount('40817810099910004312')).toBe('••••••••••••••••4312');
  });
});

import { describe, expect, it } from 'vitest';
import { accountState } from './bank-account';
import { groupedAccount, placeAfterGrouping } from './grouped-account';

describe('accountState', () => {
  it.each([
    ['', 'incomplete'],
    ['4081 7810 0999 1000 431', 'incomplete'],
    ['4081 7810 0999 1000 4312', 'right'],
    ['0000 0000 0000 0000 0000', 'form'],
    ['4081 7810 0999 1000 4312 1', 'too-long'],
    ['044525225/4081 7810 5380 9131 041', 'incomplete'],
    ['044525225/4081 7810 5380 9131 0419', 'right'],
    ['044525225/4081 7810 6380 9131 0419', 'key'],
    ['04452/', 'form'],
    ['D', 'incomplete'],
    ['DE', 'incomplete'],
    ['DE89 3704 0044 0532 0130 00', 'right'],
    ['DE89 3704 0044 0532 0130 01', 'checksum'],
    ['DE89 3704 0044 0532 0130 000', 'too-long'],
    ['GB82 1234 1234 5698 7654 32', 'form'],
    ['ZZ22 3704', 'country'],
    ['DE-89', 'form'],
  ])('%s is %s', (text, state) => {
    expect(accountState(text)).toBe(state);
  });
});

it.each([
  ['', ''],
  ['de8937', 'DE89 37'],
  ['DE89 3704 ', 'DE89 3704'],
  ['40817810099910004312', '4081 7810 0999 1000 4312'],
  ['044525225/40817', '044525225/4081 7'],
])('%s is printed %s', (text, printed) => {
  expect(groupedAccount(text)).toBe(printed);
});

it('the cursor stays behind the character that was typed', () => {
  // A 9 was typed behind "DE8": the text is grouped anew, the cursor stands behind the 9.
  expect(placeAfterGrouping('DE893704', 4, 'DE89 3704')).toBe(4);
  expect(placeAfterGrouping('DE89 37x04', 8, 'DE89 37X0 4')).toBe(8);
});

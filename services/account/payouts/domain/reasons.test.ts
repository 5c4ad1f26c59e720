import {
  BANK_ACCOUNT_CHANGED,
  IN_PROGRESS,
  NO_BANK_ACCOUNT,
  WAITS_FOR_OPERATOR,
  reasonCodeOf,
  type Explained,
} from './reasons';

it.each<[Explained['state'], string | null, boolean, string | null]>([
  ['planned', null, false, null],
  ['transferring', null, false, null],
  ['paid', null, true, null],
  ['cancelled', 'no such number', false, null],
  ['failed', 'no such number', false, 'refused'],
  ['failed', NO_BANK_ACCOUNT, false, 'no-bank-account'],
  ['failed', BANK_ACCOUNT_CHANGED, false, 'bank-account-changed'],
  ['failed', 'the bank never saw it', true, 'resolved-by-hand'],
  ['unknown', IN_PROGRESS, false, 'in-progress'],
  ['unknown', WAITS_FOR_OPERATOR, false, 'waits-for-operator'],
  ['unknown', 'The payment service is not available now', false, 'no-clear-answer'],
  ['needs_review', null, false, 'no-clear-answer'],
  ['returned', null, false, 'returned-by-bank'],
])('a payout that is %s because %j has a code', (state, reason, isFound, code) => {
  expect(reasonCodeOf({ state, reason, isFound })).toBe(code);
});

import type { MoneyInvariant } from './checked-range';
import { ledgerInvariants } from './ledger-invariants';
import { payoutInvariants } from './payout-invariants';

/** All that Account's own tables must keep to: one list for the metrics and `check:money`. */
export const moneyInvariants: readonly MoneyInvariant[] = [
  ...ledgerInvariants,
  ...payoutInvariants,
];

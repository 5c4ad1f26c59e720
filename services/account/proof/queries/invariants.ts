import type { MoneyInvariant } from './checked-range';
import { closingInvariants } from './closing-invariants';
import { ledgerInvariants } from './ledger-invariants';
import { payoutInvariants } from './payout-invariants';

/** All invariants of Account's tables, for the metrics and `check:money`. */
export const moneyInvariants: readonly MoneyInvariant[] = [
  ...ledgerInvariants,
  ...closingInvariants,
  ...payoutInvariants,
];

import type { PayoutState } from './payout';

/** Reasons that Account itself gives; those of the bank and of people are free texts. */
export const NO_BANK_ACCOUNT = 'There is no bank account to pay to';
export const BANK_ACCOUNT_CHANGED = 'The bank account was changed before anything was sent';
export const IN_PROGRESS = 'The bank transfer is in progress';
export const WAITS_FOR_OPERATOR = 'The payment file waits for its operator';

/** Stable ids of why a payout is where it is, for programs and translations. */
export const reasonCodes = [
  'no-bank-account',
  'bank-account-changed',
  'refused',
  'resolved-by-hand',
  'in-progress',
  'waits-for-operator',
  'no-clear-answer',
  'returned-by-bank',
] as const;
export type ReasonCode = (typeof reasonCodes)[number];

const KNOWN: Readonly<Record<string, ReasonCode>> = {
  [NO_BANK_ACCOUNT]: 'no-bank-account',
  [BANK_ACCOUNT_CHANGED]: 'bank-account-changed',
  [IN_PROGRESS]: 'in-progress',
  [WAITS_FOR_OPERATOR]: 'waits-for-operator',
};

/** What a reason code depends on. */
export interface Explained {
  state: PayoutState | 'returned';
  /** Reason for accountants. */
  reason: string | null;
  /** Whether an accountant found how the current attempt ended. */
  isFound: boolean;
}

/** Returns the code of a payout's reason; null for a payout that needs no explanation. */
export function reasonCodeOf({ state, reason, isFound }: Explained): ReasonCode | null {
  switch (state) {
    case 'failed':
      if (isFound) return 'resolved-by-hand';
      return (reason !== null && KNOWN[reason]) || 'refused';
    case 'unknown':
    case 'needs_review':
      return (reason !== null && KNOWN[reason]) || 'no-clear-answer';
    case 'returned':
      return 'returned-by-bank';
    default:
      return null;
  }
}

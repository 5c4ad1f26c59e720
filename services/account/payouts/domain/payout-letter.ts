import type { Day } from '../../../shared/kernel/business-day';
import { toMoney } from '../../../shared/kernel/money';
import { letterKey } from './payout';

/** The end of an attempt, for its payee. */
export interface PayoutNews {
  payoutId: string;
  attemptNumber: number;
  userId: string;
  day: Day;
  amountCents: bigint;
  outcome: 'succeeded' | 'refused';
  /** Why it was refused, in words for the payee. */
  reason: string | null;
}

/** Returns the letter about the end of an attempt, to its payee; the id is the key at Notify. */
export function payoutLetter(news: PayoutNews, currency: string) {
  const { payoutId, attemptNumber, userId, day, outcome, reason } = news;
  const amount = toMoney(news.amountCents, currency);
  return {
    id: letterKey(payoutId, attemptNumber),
    userId,
    // Asked from User when the letter is sent.
    recipient: null,
    content:
      outcome === 'succeeded'
        ? { template: 'payout-paid' as const, day, amount }
        : { template: 'payout-refused' as const, day, amount, reason: reason ?? '' },
  };
}

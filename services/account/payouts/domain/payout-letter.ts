import type { Day } from '../../../shared/kernel/business-day';
import { toMoney } from '../../../shared/kernel/money';
import { letterKey } from './payout';

/** End of an attempt, as its payee is informed. */
export interface PayoutNews {
  payoutId: string;
  attemptNumber: number;
  userId: string;
  day: Day;
  amountCents: bigint;
  outcome: 'succeeded' | 'refused';
  /** Why the transfer was refused, in words for the payee. */
  reason: string | null;
}

/** Returns the letter to the payee about the end of an attempt; its id is the key at Notify. */
export function payoutLetter(news: PayoutNews, currency: string) {
  const { payoutId, attemptNumber, userId, day, outcome, reason } = news;
  const amount = toMoney(news.amountCents, currency);
  return {
    id: letterKey(payoutId, attemptNumber),
    userId,
    // The address is asked from User when the letter is sent.
    recipient: null,
    content:
      outcome === 'succeeded'
        ? { template: 'payout-paid' as const, day, amount }
        : { template: 'payout-refused' as const, day, amount, reason: reason ?? '' },
  };
}

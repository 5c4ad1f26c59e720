import { query, type Tx } from '../../../shared/db/data-source';
import type { Day } from '../../../shared/kernel/business-day';
import { toMoney } from '../../../shared/kernel/money';
import type { OwedLetter } from '../../../shared/work/letters/due-letters';
import { letterKey } from '../domain/payout';

/** How an attempt to pay somebody ended. */
export interface PayoutNews {
  payoutId: string;
  attemptNumber: number;
  userId: string;
  day: Day;
  amountCents: bigint;
  outcome: 'succeeded' | 'refused';
  /** Why it was refused, as the payee may read it. */
  reason: string | null;
}

/** Management reads the payouts on the page; only people get letters. */
const PAYEES = `
SELECT payouts.id AS "payoutId", attempt_number AS "attemptNumber", user_id AS "userId", day,
  amount_cents AS "amountCents"
FROM payouts JOIN accounts ON accounts.id = account_id AND accounts.kind = 'employee'
WHERE payouts.id = ANY ($1::uuid[])`;

type Ended = Pick<PayoutNews, 'payoutId' | 'outcome' | 'reason'>;

/** The letters that are due when current attempts end like this, by the ids of their payouts. */
export async function lettersAbout(
  tx: Tx,
  ended: readonly Ended[],
  currency: string,
): Promise<Map<string, PayoutLetter>> {
  const ids = ended.map(({ payoutId }) => payoutId);
  const payees = await query<Omit<PayoutNews, keyof Ended> & { payoutId: string }>(tx, PAYEES, [
    ids,
  ]);
  const ends = new Map(ended.map((one) => [one.payoutId, one]));
  return new Map(
    payees.map((payee) => {
      const { payoutId } = payee;
      return [payoutId, payoutLetter({ ...payee, ...ends.get(payoutId)! }, currency)];
    }),
  );
}

/** A letter about a payout; its id is Notify's key. */
export type PayoutLetter = OwedLetter & { id: string };

/** The letter about how an attempt ended, to the person it was for. */
export function payoutLetter(news: PayoutNews, currency: string): PayoutLetter {
  const { payoutId, attemptNumber, userId, day, outcome, reason } = news;
  const amount = toMoney(news.amountCents, currency);
  return {
    id: letterKey(payoutId, attemptNumber),
    userId,
    // Asked for when the letter is sent.
    recipient: null,
    content:
      outcome === 'succeeded'
        ? { template: 'payout-paid', day, amount }
        : { template: 'payout-refused', day, amount, reason: reason ?? '' },
  };
}

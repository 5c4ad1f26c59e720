import { query, type Tx } from '../../../shared/db/data-source';
import type { OwedLetter } from '../../../shared/work/letters/due-letters';
import { payoutLetter, type PayoutNews } from '../domain/payout-letter';

/** Employees only: the management gets no letters. */
const PAYEES = `
SELECT payouts.id AS "payoutId", attempt_number AS "attemptNumber", user_id AS "userId", day,
  amount_cents AS "amountCents"
FROM payouts JOIN accounts ON accounts.id = account_id AND accounts.kind = 'employee'
WHERE payouts.id = ANY ($1::uuid[])`;

type Ended = Pick<PayoutNews, 'payoutId' | 'outcome' | 'reason'>;

/** Returns the letters about the end of current attempts, by payout id. */
export async function lettersAbout(
  tx: Tx,
  ended: readonly Ended[],
  currency: string,
): Promise<Map<string, OwedLetter & { id: string }>> {
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

import { query } from '../../../shared/db/data-source';
import type { Day } from '../../../shared/kernel/business-day';
import type { AccountContext } from '../../context';
import { dayRange, type AskedRange } from '../../days/queries/day-range';
import { beginOf, begunAt } from '../../days/queries/open-day';
import { balanceBefore } from './balance-before';

/** Why nothing, or not everything, was paid when a day was closed. */
export type CarriedBecause = 'below-zero' | 'held';

/**
 * A business day of one account. Amounts are signed from the account's side: opening + fees +
 * rewards + corrections + returned + paid = closing.
 */
export interface StatementDay {
  day: Day;
  state: 'open' | 'closed';
  from: Date;
  cutOffAt: Date;
  openingCents: bigint;
  feesCents: bigint;
  rewardsCents: bigint;
  correctionsCents: bigint;
  /** Payouts that the bank sent back, booked on this day. */
  returnedCents: bigint;
  /** Payout planned when the day was closed. */
  payoutId: string | null;
  /** Payouts booked on this day: those of days before it. */
  paidCents: bigint;
  closingCents: bigint;
  carriedBecause: CarriedBecause | null;
}

const sumOf = (kind: string): string =>
  `coalesce(sum(amount_cents) FILTER (WHERE kind = '${kind}'), 0)::bigint`;

const SELECT = `
WITH booked AS (
  SELECT business_day, sum(amount_cents)::bigint AS cents, ${sumOf('fee')} AS fees,
    ${sumOf('reward')} AS rewards, ${sumOf('reversal')} AS corrections,
    ${sumOf('return')} AS returned, ${sumOf('payout')} AS paid
  FROM entries WHERE account_id = $1 AND business_day BETWEEN $2 AND $3
  GROUP BY business_day
),
days AS (
  SELECT days.day, state, cut_off_at, ${beginOf('days.day')} AS begun_at,
    coalesce(cents, 0) AS cents, coalesce(fees, 0) AS fees, coalesce(rewards, 0) AS rewards,
    coalesce(corrections, 0) AS corrections, coalesce(returned, 0) AS returned,
    coalesce(paid, 0) AS paid,
    (${balanceBefore('$2::date')} + sum(coalesce(cents, 0)) OVER (ORDER BY days.day))::bigint
      AS closing
  FROM business_days AS days LEFT JOIN booked ON business_day = days.day
  WHERE days.day BETWEEN $2 AND $3
)
SELECT days.day, days.state, cut_off_at AS "cutOffAt", begun_at AS "begunAt",
  (closing - cents)::bigint AS "openingCents", fees AS "feesCents", rewards AS "rewardsCents",
  corrections AS "correctionsCents", returned AS "returnedCents", payouts.id AS "payoutId",
  paid AS "paidCents", closing AS "closingCents",
  CASE WHEN carried_cents < 0 THEN 'below-zero' WHEN carried_cents > 0 THEN 'held' END
    AS "carriedBecause"
FROM days
LEFT JOIN closings ON closings.account_id = $1 AND closings.day = days.day
LEFT JOIN payouts ON payouts.account_id = $1 AND payouts.day = days.day
ORDER BY days.day DESC`;

type Row = Omit<StatementDay, 'from'> & { begunAt: Date | null };

/**
 * Returns the business days of an account in a range, newest first. Throws 400 for an invalid
 * range.
 */
export async function statementDays(
  context: AccountContext,
  accountId: string,
  asked: AskedRange,
): Promise<StatementDay[]> {
  const { from, to } = await dayRange(context, asked);
  const rows = await query<Row>(context.database, SELECT, [accountId, from, to]);
  return rows.map(({ begunAt: begun, ...row }) => ({
    ...row,
    from: begunAt(begun, row.day, context),
  }));
}

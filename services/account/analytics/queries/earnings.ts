import { query } from '../../../shared/db/data-source';
import type { Day } from '../../../shared/kernel/business-day';
import type { AccountContext } from '../../context';
import { dayRange, type AskedRange } from '../../days/queries/day-range';
import { EARNED_KINDS } from '../../ledger/domain/earned-kinds';
import { MANAGEMENT_ACCOUNT_ID } from '../../ledger/domain/system-accounts';

/** Earnings of one business day: fees minus rewards, reversals included. */
export interface DayEarnings {
  day: Day;
  feesCents: bigint;
  rewardsCents: bigint;
  /** Reversals, signed: positive ones add to the earnings. */
  correctionsCents: bigint;
  earnedCents: bigint;
}

const SELECT = `
SELECT days.day, coalesce(sum(entries.amount_cents), 0)::bigint AS "earnedCents",
  coalesce(sum(entries.amount_cents) FILTER (WHERE kind = 'fee'), 0)::bigint AS "feesCents",
  coalesce(-sum(entries.amount_cents) FILTER (WHERE kind = 'reward'), 0)::bigint AS "rewardsCents",
  coalesce(sum(entries.amount_cents) FILTER (WHERE kind = 'reversal'), 0)::bigint
    AS "correctionsCents"
FROM business_days days
LEFT JOIN entries ON entries.business_day = days.day AND kind IN ${EARNED_KINDS}
  AND account_id = '${MANAGEMENT_ACCOUNT_ID}' AND business_day BETWEEN $1 AND $2
WHERE days.day BETWEEN $1 AND $2
GROUP BY days.day ORDER BY days.day DESC`;

/**
 * Returns the company's earnings by business day, newest first. Throws 400 for an invalid range.
 */
export async function earnings(context: AccountContext, asked: AskedRange): Promise<DayEarnings[]> {
  const { from, to } = await dayRange(context, asked);
  return query<DayEarnings>(context.database, SELECT, [from, to]);
}

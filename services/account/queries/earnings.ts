import { query } from '../../shared/db/data-source';
import { toMoney, type Money } from '../../shared/kernel/money';
import type { Day } from '../domain/business-day';
import { MANAGEMENT_ACCOUNT_ID } from '../domain/system-accounts';
import type { Books } from './books';
import { dayRange, type AskedRange } from './day-range';

/** What the company earned on one business day: fees minus rewards, corrections included. */
export interface DayEarnings {
  day: Day;
  fees: Money;
  rewards: Money;
  earned: Money;
}

interface EarningsRow {
  day: Day;
  fees_cents: bigint;
  rewards_cents: bigint;
  earned_cents: bigint;
}

const SELECT = `
SELECT days.day, coalesce(sum(entries.amount_cents), 0)::bigint AS earned_cents,
  coalesce(sum(entries.amount_cents) FILTER (WHERE kind = 'fee'), 0)::bigint AS fees_cents,
  coalesce(-sum(entries.amount_cents) FILTER (WHERE kind = 'reward'), 0)::bigint AS rewards_cents
FROM business_days days
LEFT JOIN entries ON entries.business_day = days.day AND kind <> 'payout'
  AND account_id = '${MANAGEMENT_ACCOUNT_ID}' AND business_day BETWEEN $1 AND $2
WHERE days.day BETWEEN $1 AND $2
GROUP BY days.day ORDER BY days.day DESC`;

/** The company's earnings by business day, newest first. Throws 400 for a senseless range. */
export async function earnings(books: Books, asked: AskedRange): Promise<DayEarnings[]> {
  const { from, to } = await dayRange(books, asked);
  const rows = await query<EarningsRow>(books.database, SELECT, [from, to]);
  return rows.map((row) => ({
    day: row.day,
    fees: toMoney(row.fees_cents, books.currency),
    rewards: toMoney(row.rewards_cents, books.currency),
    earned: toMoney(row.earned_cents, books.currency),
  }));
}

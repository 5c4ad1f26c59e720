import { query, type Database } from '../../../shared/db/data-source';
import type { Day } from '../../../shared/kernel/business-day';
import type { CheckedRange } from './checked-range';

/**
 * Start of the range of changed payouts: the last proof minus ten minutes, because a transaction
 * may begin before the proof and commit after it. Before the first proof, a payout is checked with
 * its own day. When every proof is in the future (written by a clock that was ahead), all payouts
 * are checked.
 */
const SINCE = `
coalesce(
  (SELECT max(proven_at) - interval '10 minutes' FROM proven_days WHERE proven_at <= now()),
  CASE WHEN EXISTS (SELECT FROM proven_days) THEN '-infinity' ELSE 'infinity' END::timestamptz
)::text`;

const NEWEST_CLOSED = `SELECT max(day) FROM business_days WHERE state = 'closed'`;

const UNPROVEN = `
SELECT day FROM business_days
WHERE state = 'closed'
  AND NOT EXISTS (SELECT FROM proven_days WHERE proven_days.day = business_days.day)`;

const OLDEST_UNPROVEN = `
SELECT unproven.day AS "upTo", ${SINCE} AS since, now() AS "askedAt",
  coalesce((${NEWEST_CLOSED} AND day < unproven.day), '-infinity')::text AS after
FROM (${UNPROVEN}) AS unproven ORDER BY unproven.day LIMIT 1`;

/** Range without proof, and the time of the query by the database's clock. */
type Unproven<Range extends CheckedRange> = Range & { askedAt: Date };

/** Returns the oldest closed day without a proof: all days before have one. */
export async function oldestUnprovenDay(
  database: Database,
): Promise<Unproven<CheckedRange & { upTo: Day }> | undefined> {
  const [day] = await query<Unproven<CheckedRange & { upTo: Day }>>(database, OLDEST_UNPROVEN);
  return day;
}

/** Counts closed days without a proof. */
export async function countUnprovenDays(database: Database): Promise<number> {
  const sql = `SELECT count(*)::integer AS count FROM (${UNPROVEN}) AS unproven`;
  const [row] = await query<{ count: number }>(database, sql);
  return row!.count;
}

const OPEN = `
SELECT coalesce((${NEWEST_CLOSED}), '-infinity')::text AS after, 'infinity' AS "upTo",
  ${SINCE} AS since, now() AS "askedAt"`;

/** Returns the range that no proof covers: open days, and payouts changed since the last proof. */
export async function openRange(database: Database): Promise<Unproven<CheckedRange>> {
  const [range] = await query<Unproven<CheckedRange>>(database, OPEN);
  return range!;
}

import { countOf, type MoneyInvariant } from './invariants';

/** Closings build on each other and never change: looking at the last one is enough. */
const WRONG_EARNED = `
WITH last AS (
  SELECT day, lag(day) OVER (ORDER BY day) AS before
  FROM business_days WHERE state = 'closed' ORDER BY day DESC LIMIT 1
)
SELECT count(*) AS count
FROM last
JOIN closings ON closings.day = last.day
LEFT JOIN closings AS earlier
  ON earlier.account_id = closings.account_id AND earlier.day = last.before
WHERE closings.earned_cents - coalesce(earlier.earned_cents, 0) <> (
  SELECT coalesce(sum(amount_cents), 0) FROM entries
  WHERE entries.account_id = closings.account_id AND business_day = last.day
    AND kind <> 'payout')`;

const WRONG_SUM = `
SELECT count(*) AS count
FROM closings LEFT JOIN payouts USING (account_id, day)
WHERE earned_cents - committed_cents <> carried_cents + coalesce(amount_cents, 0)`;

const LOST_NEGATIVES = `
SELECT count(*) AS count
FROM closings LEFT JOIN payouts USING (account_id, day)
WHERE earned_cents - committed_cents < 0
  AND (payouts.id IS NOT NULL OR carried_cents <> earned_cents - committed_cents)`;

const UNBOOKED = `
SELECT count(*) AS count
FROM (SELECT id FROM payouts WHERE state = 'paid') AS paid
FULL JOIN (SELECT payout_id FROM transfers WHERE kind = 'payout') AS booked ON payout_id = id
WHERE payout_id IS NULL OR id IS NULL`;

const inPayouts = (name: string, sql: string): MoneyInvariant => ({
  name,
  count: ({ database }) => countOf(database, sql, []),
});

/** What closings and payouts promise. */
export const payoutInvariants: readonly MoneyInvariant[] = [
  inPayouts('closing-holds-all-entries', WRONG_EARNED),
  inPayouts('earned-is-committed-carried-or-paid', WRONG_SUM),
  inPayouts('negative-is-carried', LOST_NEGATIVES),
  inPayouts('paid-is-booked', UNBOOKED),
];

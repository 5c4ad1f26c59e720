import {
  CLOSED_BEFORE,
  IS_EARNING,
  inRange,
  withRange,
  type MoneyInvariant,
} from './checked-range';

/**
 * SQL of `earned (account_id, day, is_closed, cents)`: the sum that each account earned up to and
 * including each closed day of the range, added up from entries. Entries of a day without a row in
 * `business_days` count as well.
 */
export const EARNED = `
${CLOSED_BEFORE},
closed AS (SELECT day FROM business_days WHERE state = 'closed' AND ${inRange('day')}),
booked AS (
  SELECT account_id, business_day AS day, sum(amount_cents) AS cents FROM entries
  WHERE ${IS_EARNING} AND business_day > $1::date
    AND business_day <= (SELECT max(day) FROM closed)
  GROUP BY account_id, business_day
),
account_days AS (
  SELECT accounts.id AS account_id, closed.day, true AS is_closed FROM accounts CROSS JOIN closed
),
earned AS (
  SELECT account_id, day, is_closed, coalesce(closed_before.earned_cents, 0)
    + sum(coalesce(booked.cents, 0)) OVER (PARTITION BY account_id ORDER BY day) AS cents
  FROM account_days
  FULL JOIN booked USING (account_id, day)
  LEFT JOIN closed_before USING (account_id)
)`;

/**
 * SQL of `promised`: each closing of the range, with the payouts of its day and of all days before.
 * Of the payouts before, `standing_cents` still stand and `every_cents` were ever planned. The
 * committed sum of a closing is between the two, since a payout may be cancelled after the closing.
 * `returned_cents` were booked back up to and including the day: the closing had to release them.
 */
const PROMISED = `
payouts_before AS (
  SELECT account_id, sum(amount_cents) AS every_cents,
    sum(amount_cents) FILTER (WHERE state <> ALL ($4::text[])) AS standing_cents
  FROM payouts WHERE day <= $1::date
  GROUP BY account_id
),
payouts_of_day AS (
  SELECT account_id, day, sum(amount_cents) AS every_cents,
    sum(amount_cents) FILTER (WHERE state <> ALL ($4::text[])) AS standing_cents
  FROM payouts WHERE ${inRange('day')}
  GROUP BY account_id, day
),
returned_by AS (
  SELECT account_id, day, sum(amount_cents) AS cents
  FROM closings JOIN transfers ON credit_account_id = account_id AND business_day <= day
  WHERE kind = 'return' AND ${inRange('day')}
  GROUP BY account_id, day
),
promised AS (
  SELECT account_id, day, committed_cents, carried_cents,
    coalesce(of_day.every_cents, 0) AS planned_cents,
    coalesce(returned_by.cents, 0) AS returned_cents,
    coalesce(payouts_before.every_cents, 0)
      + coalesce(sum(of_day.every_cents) OVER days_before, 0) AS every_cents,
    coalesce(payouts_before.standing_cents, 0)
      + coalesce(sum(of_day.standing_cents) OVER days_before, 0) AS standing_cents
  FROM (SELECT * FROM closings WHERE ${inRange('day')}) AS closing
  FULL JOIN payouts_of_day AS of_day USING (account_id, day)
  LEFT JOIN payouts_before USING (account_id)
  LEFT JOIN returned_by USING (account_id, day)
  WINDOW days_before AS (PARTITION BY account_id ORDER BY day
    ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
)`;

const WRONG_EARNED = `${EARNED}
SELECT 'account ' || account_id || ' on ' || day || ': closed with '
  || coalesce(closings.earned_cents::text, 'nothing') || ', its rows say ' || earned.cents AS what
FROM earned LEFT JOIN closings USING (account_id, day)
WHERE is_closed AND coalesce(closings.earned_cents, 0) <> earned.cents
UNION ALL
SELECT 'account ' || account_id || ' on ' || day || ': the day is not closed'
FROM closings WHERE ${inRange('day')} AND day NOT IN (SELECT day FROM closed)`;

const WRONG_COMMITTED = `${PROMISED}
SELECT 'account ' || account_id || ' on ' || day || ': committed ' || committed_cents
  || ', earlier payouts stand for ' || standing_cents || CASE WHEN returned_cents > 0
    THEN ', the bank had returned ' || returned_cents ELSE '' END AS what
FROM promised
WHERE committed_cents NOT BETWEEN standing_cents AND every_cents - returned_cents`;

const WRONG_SUM = `
payouts_of_day AS (
  SELECT account_id, day, sum(amount_cents) AS cents, min(amount_cents) AS least, count(*) AS count
  FROM payouts WHERE ${inRange('day')}
  GROUP BY account_id, day
)
SELECT 'account ' || account_id || ' on ' || day AS what
FROM (SELECT * FROM closings WHERE ${inRange('day')}) AS closing
FULL JOIN payouts_of_day USING (account_id, day)
WHERE earned_cents IS NULL OR count > 1 OR least <= 0
  OR earned_cents - committed_cents <> carried_cents + coalesce(cents, 0)`;

/** Faults when more is carried than is left: a part of a debt was forgiven. */
const LOST_NEGATIVES = `${EARNED}, ${PROMISED}
SELECT 'account ' || account_id || ' on ' || day || ': left with '
  || earned.cents - standing_cents || ', paid ' || planned_cents || ', carried ' || carried_cents
  AS what
FROM promised JOIN earned USING (account_id, day)
WHERE earned.cents - standing_cents <= 0
  AND (planned_cents > 0 OR carried_cents > earned.cents - standing_cents)`;

/** Invariants of closings and the payouts that they plan. */
export const closingInvariants: readonly MoneyInvariant[] = [
  {
    name: 'closing-holds-all-entries',
    meaning: 'what a closing counts as earned is the sum of the rows up to its day',
    checked: 'closed',
    sql: withRange(WRONG_EARNED),
  },
  {
    name: 'committed-covers-earlier-payouts',
    meaning: 'a closing takes off every payout of the days before that still stands',
    checked: 'closed',
    sql: withRange(WRONG_COMMITTED),
  },
  {
    name: 'earned-is-committed-carried-or-paid',
    meaning: 'what is earned and not committed is carried or paid, once, on that day',
    checked: 'both',
    sql: withRange(WRONG_SUM),
  },
  {
    name: 'negative-is-carried',
    meaning: 'who has nothing left is not paid, and a debt is carried in full',
    checked: 'closed',
    sql: withRange(LOST_NEGATIVES),
  },
];

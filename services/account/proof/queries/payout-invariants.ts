import { inRange, sentToBank, withRange, type MoneyInvariant } from './checked-range';
import { EARNED } from './closing-invariants';

/**
 * Returns the SQL that compares each payout with its transfers of a kind: one in the given states,
 * else none. `payee` and `bank` are the columns of the two sides.
 */
const wronglyBooked = (
  kind: 'payout' | 'return',
  states: string,
  { payee, bank }: { payee: string; bank: string },
): string => `
looked_at AS (
  SELECT id FROM payouts WHERE ${inRange('day')} OR changed_at >= $3
  UNION
  SELECT payout_id FROM transfers WHERE kind = '${kind}' AND ${inRange('business_day')}
)
SELECT 'payout ' || looked_at.id || ' is ' || coalesce(payouts.state, 'unknown') || ', '
  || booked.count || ' transfers, ' || booked.fitting || ' of them fit' AS what
FROM looked_at
LEFT JOIN payouts ON payouts.id = looked_at.id
CROSS JOIN LATERAL (
  SELECT count(*) AS count, count(*) FILTER (WHERE transfers.amount_cents = payouts.amount_cents
    AND ${payee} = payouts.account_id AND clearing.kind = 'bank-clearing') AS fitting
  FROM transfers LEFT JOIN accounts AS clearing ON clearing.id = ${bank}
  WHERE transfers.kind = '${kind}' AND payout_id = looked_at.id
) AS booked
CROSS JOIN LATERAL (
  SELECT (coalesce(payouts.state, '') IN (${states}))::integer AS count
) AS due
WHERE booked.count <> due.count OR booked.fitting <> due.count`;

const UNBOOKED = wronglyBooked('payout', `'paid', 'returned'`, {
  payee: 'debit_account_id',
  bank: 'credit_account_id',
});

const NOT_BOOKED_BACK = wronglyBooked('return', `'returned'`, {
  payee: 'credit_account_id',
  bank: 'debit_account_id',
});

/** Minutes in which a return is booked back, also when the worker is restarted meanwhile. */
const MINUTES_TO_BOOK = 15;

/** Open returns are few: all are looked at, whatever the range. */
const OPEN_RETURNS = `
open_returns AS (SELECT * FROM returned_transfers WHERE booked_at IS NULL)
SELECT 'return ' || key || ': ' || coalesce(finding, 'not tried yet') AS what
FROM open_returns WHERE heard_at < now() - interval '${MINUTES_TO_BOOK} minutes'`;

/**
 * Compares, for each day with payouts that were paid in the range, what was paid in all for the
 * days up to that day, less what came back, with what was earned up to that day. Both are sums of
 * rows; only what was earned up to a day before the range is taken from its proven closing.
 */
const OVERPAID = `${EARNED},
paid_days AS (
  SELECT DISTINCT debit_account_id AS account_id, payouts.day
  FROM transfers JOIN payouts ON payouts.id = payout_id
  WHERE kind = 'payout' AND ${inRange('business_day')}
),
paid_for AS (
  SELECT sent.account_id, payouts.day, sum(cents) AS cents
  FROM ${sentToBank('paid_days')} JOIN payouts ON payouts.id = payout_id
  GROUP BY sent.account_id, payouts.day
),
in_all AS (
  SELECT account_id, day, sum(cents) OVER (PARTITION BY account_id ORDER BY day) AS cents
  FROM paid_for
)
SELECT 'account ' || account_id || ' on ' || day || ': paid ' || in_all.cents
  || ' in all, earned ' || coalesce(earned.cents, closings.earned_cents, 0) AS what
FROM paid_days JOIN in_all USING (account_id, day)
LEFT JOIN earned USING (account_id, day)
LEFT JOIN closings USING (account_id, day)
WHERE in_all.cents > coalesce(earned.cents, closings.earned_cents, 0)`;

/** Invariants of payouts, their transfers, and returns. */
export const payoutInvariants: readonly MoneyInvariant[] = [
  {
    name: 'paid-is-booked',
    meaning: 'a payout was paid if and only if one transfer says so, with its amount and account',
    checked: 'both',
    sql: withRange(UNBOOKED),
  },
  {
    name: 'returned-is-booked-back',
    meaning: 'a payout is returned if and only if one transfer back says so besides',
    checked: 'both',
    sql: withRange(NOT_BOOKED_BACK),
  },
  {
    name: 'returns-are-booked',
    meaning: 'what the bank sent back is booked back within a quarter of an hour',
    checked: 'open',
    sql: withRange(OPEN_RETURNS),
  },
  {
    name: 'paid-within-earned',
    meaning: 'nobody was paid more in all, less returns, than they had earned in all',
    checked: 'both',
    sql: withRange(OVERPAID),
  },
];

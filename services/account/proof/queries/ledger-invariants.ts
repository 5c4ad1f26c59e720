import { balancesFor } from '../../ledger/queries/balances';
import {
  CLOSED_BEFORE,
  inRange,
  sentToBank,
  withRange,
  type MoneyInvariant,
} from './checked-range';

const ONE_SIDED = `
sides AS (
  SELECT entries.id, count(DISTINCT accounts.id) AS accounts,
    sum(amount_cents) FILTER (WHERE accounts.id IS NOT NULL) AS cents
  FROM entries LEFT JOIN accounts ON accounts.id = account_id
  WHERE ${inRange('business_day')}
  GROUP BY entries.id
)
SELECT 'transfer ' || transfers.id AS what
FROM transfers LEFT JOIN sides USING (id)
WHERE ${inRange('business_day')}
  AND (accounts IS DISTINCT FROM 2 OR cents <> 0 OR amount_cents <= 0)
UNION ALL
SELECT 'the sum over all accounts is ' || sum(cents) FROM sides HAVING sum(cents) <> 0`;

/**
 * Compares the balances that the service shows with sums of entries, for accounts with entries in
 * the range. Days before the range are taken from their last closing.
 */
const WRONG_BALANCES = `
touched AS (
  SELECT account_id FROM entries WHERE business_day > $1::date
  UNION SELECT id FROM accounts WHERE $1::date = '-infinity'
),
${balancesFor({
  isAsked: (column) => `${column} IN (SELECT account_id FROM touched)`,
  today: `'infinity'`,
  lastClosedDay: `(SELECT coalesce(max(day), '-infinity') FROM closings)`,
  released: '$4::text[]',
})},
${CLOSED_BEFORE},
paid_before AS (
  SELECT account_id, sum(cents) AS cents FROM ${sentToBank('touched')}
  WHERE business_day <= $1::date
  GROUP BY account_id
),
since_then AS (
  SELECT account_id, sum(amount_cents) AS cents FROM entries WHERE business_day > $1::date
  GROUP BY account_id
),
counted AS (
  SELECT account_id, coalesce(closed_before.earned_cents, 0)
    - coalesce(paid_before.cents, 0) + coalesce(since_then.cents, 0) AS cents
  FROM touched
  LEFT JOIN closed_before USING (account_id)
  LEFT JOIN paid_before USING (account_id)
  LEFT JOIN since_then USING (account_id)
)
SELECT 'account ' || account_id || ': shown ' || balance_cents || ', booked ' || cents AS what
FROM balances JOIN counted USING (account_id)
WHERE balance_cents <> cents`;

/** Invariants of transfers and balances. */
export const ledgerInvariants: readonly MoneyInvariant[] = [
  {
    name: 'debits-equal-credits',
    meaning: 'every transfer takes from one account what another one gets',
    checked: 'both',
    sql: withRange(ONE_SIDED),
  },
  {
    name: 'balance-is-sum-of-entries',
    meaning: 'a balance that people see is the sum of its entries',
    checked: 'open',
    sql: withRange(WRONG_BALANCES),
  },
];

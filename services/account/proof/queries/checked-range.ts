import type { Day } from '../../../shared/kernel/business-day';
import { releasedStates } from '../../ledger/domain/released-states';

/** Range that a check covers; days before the range count as proven. */
export interface CheckedRange {
  /** Day before the range. */
  after: Day | '-infinity';
  /** Last day of the range. */
  upTo: Day | 'infinity';
  /** Payouts changed since are checked too: a timestamp, `-infinity` (all) or `infinity` (none). */
  since: string;
}

/** Range of all days: every figure is computed from the first row on. */
export const ALL_TIME: CheckedRange = { after: '-infinity', upTo: 'infinity', since: '-infinity' };

/** Invariant of the money, recomputed from rows; constraints and stored figures are not trusted. */
export interface MoneyInvariant {
  /** Label of the metric. */
  name: string;
  /** Description for people. */
  meaning: string;
  /** Checked when a day is closed, while days are open, or both. */
  checked: 'closed' | 'open' | 'both';
  /** Query with a row `what` for each fault, with ids; has the parameters of `rangeParams`. */
  sql: string;
}

/** Returns the parameters `$1` to `$4` of every invariant's query. */
export function rangeParams({ after, upTo, since }: CheckedRange): unknown[] {
  return [after, upTo, since, releasedStates];
}

/**
 * Returns an invariant's query from the text after WITH. `$1` and `$2` are the days, `$3` the time,
 * `$4` the states of payouts whose amount is owed again; a query may leave some unused.
 */
export function withRange(sql: string): string {
  return `WITH given AS (SELECT $1::date, $2::date, $3::timestamptz, $4::text[]), ${sql}`;
}

/** Returns the SQL condition that a column of days is in the range. */
export function inRange(column: string): string {
  return `(${column} > $1::date AND ${column} <= $2::date)`;
}

/**
 * SQL condition on `kind`: earnings. Written apart from what the closings use, so that a mistake
 * there is seen here.
 */
export const IS_EARNING = `kind NOT IN ('payout', 'return')`;

/**
 * Returns the SQL of what the bank was sent for accounts, to follow FROM: `(account_id, payout_id,
 * business_day, cents)`, negative when the money came back. `accounts` is a table of account ids.
 */
export function sentToBank(accounts: string): string {
  return `(
    SELECT debit_account_id AS account_id, payout_id, business_day, amount_cents AS cents
    FROM transfers
    WHERE kind = 'payout' AND debit_account_id IN (SELECT account_id FROM ${accounts})
    UNION ALL
    SELECT credit_account_id, payout_id, business_day, -amount_cents
    FROM transfers
    WHERE kind = 'return' AND credit_account_id IN (SELECT account_id FROM ${accounts})
  ) AS sent`;
}

/** SQL of the closings that the range builds on, by account. */
export const CLOSED_BEFORE = `
closed_before AS (
  SELECT account_id, earned_cents FROM closings
  WHERE day = (SELECT max(day) FROM closings WHERE day <= $1::date)
)`;

import type { Day } from '../../../shared/kernel/business-day';
import { releasedStates } from '../../ledger/domain/released-states';

/** What a check of the books looks at; what came before is taken for proven. */
export interface CheckedRange {
  /** Days after this one, */
  after: Day | '-infinity';
  /** up to and including this one, */
  upTo: Day | 'infinity';
  /** and payouts of any day that have changed since: ISO 8601 or `-infinity`. */
  since: string;
}

/** All there ever was: every figure is computed from the first row on. */
export const ALL_TIME: CheckedRange = { after: '-infinity', upTo: 'infinity', since: '-infinity' };

/**
 * Something that must be true of the money, told from the rows themselves and not from what a
 * constraint or another figure says of them.
 */
export interface MoneyInvariant {
  /** Label of the metric. */
  name: string;
  /** For people. */
  meaning: string;
  /** When it is checked: once a day is closed, while days are open, or both. */
  checked: 'closed' | 'open' | 'both';
  /** Answers a row `what` for each fault, with ids; its parameters are those of `rangeParams`. */
  sql: string;
}

/** The parameters `$1` to `$4` of every invariant's statement. */
export function rangeParams({ after, upTo, since }: CheckedRange): unknown[] {
  return [after, upTo, since, releasedStates];
}

/**
 * A statement of an invariant, from what follows WITH. `$1` and `$2` are the days, `$3` the
 * moment, `$4` the states of payouts whose amount is owed again; one may leave some unused.
 */
export function withRange(sql: string): string {
  return `WITH given AS (SELECT $1::date, $2::date, $3::timestamptz, $4::text[]), ${sql}`;
}

/** Whether a column of days is in the range. */
export function inRange(column: string): string {
  return `(${column} > $1::date AND ${column} <= $2::date)`;
}

/** The closings that the range builds on, by account. */
export const CLOSED_BEFORE = `
closed_before AS (
  SELECT account_id, earned_cents FROM closings
  WHERE day = (SELECT max(day) FROM closings WHERE day <= $1::date)
)`;

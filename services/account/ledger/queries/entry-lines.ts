import type { Day } from '../../../shared/kernel/business-day';
import { balanceBefore } from './balance-before';

/** Kinds of entries; `return` is a payout that the bank sent back. */
export const entryKinds = ['fee', 'reward', 'payout', 'reversal', 'return'] as const;
export type EntryKind = (typeof entryKinds)[number];

/** Place of an entry: business day, then order of booking. */
export interface EntryPlace {
  day: Day;
  /** Decimal string of a bigint. */
  position: string;
}

/** Entry as the database returns it. */
export interface EntryRow {
  id: string;
  kind: EntryKind;
  business_day: Day;
  position: bigint;
  amount_cents: bigint;
  balance_after: bigint;
  task_id: string | null;
  assignment_number: number | null;
  payout_id: string | null;
  reverses_id: string | null;
  occurred_at: Date;
  posted_at: Date;
  reason: string | null;
  author_id: string | null;
  reversed_by_id: string | null;
  price_cents: bigint | null;
  rate: string | null;
}

/** Columns of what a line says besides its entry: its reversal, its price and the rate of it. */
const LINE = `
line.*, reversal.id AS reversed_by_id,
  CASE WHEN line.kind IN ('fee', 'reward') THEN price_cents END AS price_cents,
  CASE line.kind WHEN 'fee' THEN write_off_rate WHEN 'reward' THEN accrual_rate END AS rate`;

const SAID = `
LEFT JOIN transfers AS reversal ON reversal.reverses_id = line.id
LEFT JOIN prices ON prices.task_id = line.task_id
LEFT JOIN price_formulas AS formula ON formula.version = prices.formula_version`;

const NEWEST_FIRST = 'business_day DESC, position DESC';

/** Balances are running sums from the begin of the first day, of every kind. */
const balanceFrom = (day: string): string => `
(${balanceBefore(day)} + sum(amount_cents) OVER (ORDER BY business_day, position))::bigint
  AS balance_after`;

/**
 * SQL of a page of account `$1` from day `$2` to `$3`, before the place `$4`, `$5`, of the kinds
 * `$7` (null for all), at most `$6` entries. Reads the days of the page and no others.
 */
export const PAGE = `
WITH page AS MATERIALIZED (
  SELECT * FROM entries
  WHERE account_id = $1 AND business_day BETWEEN $2 AND $3
    AND (business_day, position) < ($4::date, $5::bigint)
    AND ($7::text[] IS NULL OR kind = ANY ($7))
  ORDER BY ${NEWEST_FIRST} LIMIT $6
),
ends AS MATERIALIZED (
  SELECT min(business_day) AS first, max(business_day) AS last FROM page
),
running AS (
  SELECT position, ${balanceFrom('(SELECT first FROM ends)')}
  FROM entries
  WHERE account_id = $1 AND business_day BETWEEN (SELECT first FROM ends)
    AND (SELECT last FROM ends)
),
line AS (SELECT page.*, balance_after FROM page JOIN running USING (position))
SELECT ${LINE} FROM line ${SAID} ORDER BY ${NEWEST_FIRST}`;

/**
 * SQL of all entries of account `$1` from day `$2` to `$3`, of the kinds `$4` (null for all),
 * without ORDER BY. Balances are counted down from the end of the last day: the window has the
 * order of the file, so that the rows come from the indexes without a sort.
 */
export const ALL = `
SELECT ${LINE} FROM (
  SELECT *, (${balanceBefore('($3::date + 1)')} - coalesce(sum(amount_cents) OVER (
    ORDER BY ${NEWEST_FIRST} ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0))::bigint
    AS balance_after
  FROM entries WHERE account_id = $1 AND business_day BETWEEN $2 AND $3
) AS line ${SAID}
WHERE $4::text[] IS NULL OR line.kind = ANY ($4)`;

/** SQL of the same rows, to be counted. */
export const ALL_COUNTED = `
SELECT FROM entries
WHERE account_id = $1 AND business_day BETWEEN $2 AND $3
  AND ($4::text[] IS NULL OR kind = ANY ($4))`;

export const ALL_ORDER = NEWEST_FIRST;

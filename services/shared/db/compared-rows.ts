import { MAX_ROWS, type ComparedRow, type RowsDigest } from '../contracts/calls/compared-rows';
import { query, type Database } from './data-source';

/**
 * SQL of the rows of one side of a comparison, from `low` (inclusive) to `high` (exclusive) of the
 * key's uuid: columns `id` (that uuid), `key`, `content` and `at`. Both sides write key and content
 * in the same way. The range must be a range of an index.
 */
export type RowsSql = (low: string, high: string) => string;

const digestsSql = (rows: RowsSql): string => `
SELECT count(side.key)::integer AS count,
  coalesce(sum(('x' || left(md5(side.key || ' ' || side.content), 16))::bit(64)::bigint), 0)::text
    AS hash
FROM (
  SELECT place, low, lead(low) OVER (ORDER BY place) AS high
  FROM unnest($1::uuid[]) WITH ORDINALITY AS bound (low, place)) AS span
LEFT JOIN LATERAL (${rows('span.low', 'span.high')}) AS side ON true
WHERE span.high IS NOT NULL
GROUP BY span.place ORDER BY span.place`;

/** Returns count and hash of the rows in each range between two bounds. */
export function digestRows(
  database: Database,
  rows: RowsSql,
  bounds: readonly string[],
): Promise<RowsDigest[]> {
  return query(database, digestsSql(rows), [bounds]);
}

/** Returns the rows of a range by key, at most `MAX_ROWS`. */
export async function listRows(
  database: Database,
  rows: RowsSql,
  from: string,
  to: string,
): Promise<ComparedRow[]> {
  const sql = `SELECT key, content, at FROM (${rows('$1::uuid', '$2::uuid')}) AS side
    ORDER BY key LIMIT ${MAX_ROWS}`;
  const found = await query<Omit<ComparedRow, 'at'> & { at: Date }>(database, sql, [from, to]);
  return found.map((row) => ({ ...row, at: row.at.toISOString() }));
}

/** Rows of a range: a differing one is read whole. */
const PER_RANGE = 1_000;
const FIRST = '00000000-0000-0000-0000-000000000000';
const LAST = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

/** Returns the bounds that divide all rows of this side into ranges of `perRange`. */
export async function boundsOf(
  database: Database,
  rows: RowsSql,
  perRange: number = PER_RANGE,
): Promise<string[]> {
  const all = rows(`'${FIRST}'::uuid`, `'${LAST}'::uuid`);
  const sql = `SELECT DISTINCT id FROM (
      SELECT id, row_number() OVER (ORDER BY id) AS number FROM (${all}) AS side) AS numbered
    WHERE number % $1 = 0 ORDER BY id`;
  const found = await query<{ id: string }>(database, sql, [perRange]);
  return [FIRST, ...found.map(({ id }) => id), LAST];
}

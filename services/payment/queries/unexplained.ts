import { query, type Database } from '../../shared/db/data-source';
import type { StatementLine } from '../clients/bank-statement';

/** The reference of an order is its key without dashes. */
const UNEXPLAINED = `
SELECT line.reference
FROM unnest($1::text[], $2::bigint[], $3::text[], $4::text[])
  AS line (reference, amount_cents, currency, bank_account)
LEFT JOIN bank_transfers AS ours ON ours.key =
  CASE WHEN line.reference ~ '^[0-9a-f]{32}$' THEN line.reference::uuid END
WHERE ours.key IS NULL OR ours.state IN ('refused', 'withdrawn')
  OR (ours.amount_cents, ours.currency, ours.bank_account)
    IS DISTINCT FROM (line.amount_cents, line.currency, line.bank_account)
ORDER BY 1`;

/**
 * Returns the references of lines that no order of ours explains. One whose outcome is not certain
 * yet explains a line: the alert about silent banks is for those.
 */
export async function findUnexplained(
  database: Database,
  lines: readonly StatementLine[],
): Promise<string[]> {
  const rows = await query<{ reference: string }>(database, UNEXPLAINED, [
    lines.map(({ reference }) => reference),
    lines.map(({ amount }) => amount),
    lines.map(({ currency }) => currency),
    lines.map(({ account }) => account),
  ]);
  return rows.map(({ reference }) => reference);
}

const SETTLED = `
SELECT key, replace(key::text, '-', '') AS reference FROM bank_transfers
WHERE rail = 'bank' AND state = 'succeeded' AND created_at >= $1 AND settled_at < $2`;

/**
 * Returns successful transfers that were ordered and settled within the span. Those of payment
 * files are not on the statement of the bank's interface: an operator reported them.
 */
export function settledWithin(
  database: Database,
  from: Date,
  to: Date,
): Promise<{ key: string; reference: string }[]> {
  return query(database, SETTLED, [from, to]);
}

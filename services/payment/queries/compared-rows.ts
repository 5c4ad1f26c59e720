import type { ComparedRow, RowsDigest } from '../../shared/contracts/calls/compared-rows';
import { digestRows, listRows, type RowsSql } from '../../shared/db/compared-rows';
import type { Database } from '../../shared/db/data-source';

/** Successful bank transfers: each is one successful attempt in Account. */
const SUCCEEDED: RowsSql = (low, high) => `
SELECT key AS id, key::text AS key, amount_cents || ' ' || bank_account AS content,
  settled_at AS at
FROM bank_transfers
WHERE state = 'succeeded' AND key >= ${low} AND key < ${high}`;

/** Returns count and hash of successful bank transfers by range of keys. */
export function digestSucceeded(
  database: Database,
  bounds: readonly string[],
): Promise<RowsDigest[]> {
  return digestRows(database, SUCCEEDED, bounds);
}

/** Returns successful bank transfers of a range of keys. */
export function listSucceeded(
  database: Database,
  { from, to }: { from: string; to: string },
): Promise<ComparedRow[]> {
  return listRows(database, SUCCEEDED, from, to);
}

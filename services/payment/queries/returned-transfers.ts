import { query, type Database } from '../../shared/db/data-source';

/** Transfer whose money the bank sent back. */
export interface ReturnedTransfer {
  position: bigint;
  key: string;
  amountCents: bigint;
  currency: string;
  reason: string;
  returnedAt: Date;
}

const AFTER = `
SELECT position, key, amount_cents AS "amountCents", currency, reason, returned_at AS "returnedAt"
FROM returned_transfers WHERE position > $1 ORDER BY position LIMIT $2`;

/** Returns up to `limit` returned transfers after a position, in the order of positions. */
export function returnedTransfersAfter(
  database: Database,
  after: bigint,
  limit: number,
): Promise<ReturnedTransfer[]> {
  return query<ReturnedTransfer>(database, AFTER, [after, limit]);
}

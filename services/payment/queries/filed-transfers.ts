import { query, type Database, type Tx } from '../../shared/db/data-source';
import { MAX_TRANSFERS_PER_FILE } from '../domain/payment-file';
import type { FiledTransferState } from '../domain/filed-return';

/** Transfer of a payment file, and what became of it. */
export interface FiledTransferView {
  key: string;
  /** From 1, in the order of the file. */
  place: number;
  amountCents: bigint;
  currency: string;
  bankAccount: string;
  creditorName: string;
  state: FiledTransferState;
  bankReference: string | null;
  /** Why the bank refused the transfer or sent its money back; null otherwise. */
  reason: string | null;
}

const LIST = `
SELECT key, place, transfer.amount_cents AS "amountCents", transfer.currency,
  bank_account AS "bankAccount", creditor_name AS "creditorName",
  CASE WHEN returned.key IS NOT NULL THEN 'returned' WHEN state = 'in_progress' THEN 'waiting'
    ELSE state END AS state,
  bank_reference AS "bankReference", coalesce(returned.reason, transfer.reason) AS reason
FROM payment_file_transfers JOIN bank_transfers AS transfer USING (key)
LEFT JOIN returned_transfers AS returned USING (key)
WHERE file_id = $1 AND place > $2 ORDER BY place LIMIT $3`;

/** Returns the transfers of a file after a place, in the order of the file; by default, all. */
export function listFiledTransfers(
  database: Database | Tx,
  fileId: string,
  { after, limit } = { after: 0, limit: MAX_TRANSFERS_PER_FILE },
): Promise<FiledTransferView[]> {
  return query<FiledTransferView>(database, LIST, [fileId, after, limit]);
}

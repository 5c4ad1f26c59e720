import { query } from '../../shared/db/data-source';
import { agreedNow } from '../../shared/db/database-clock';
import { leaseOfCall } from '../../shared/work/lease';
import type { PaymentContext } from '../context';
import { BANK_TRANSFER_COLUMNS, type BankTransfer } from '../queries/bank-transfer';

/** Transfers to claim; `waitMs` is the timeout of one call to the bank, in milliseconds. */
export interface Claim {
  /** `null` claims any transfer that is due. */
  key: string | null;
  limit: number;
  waitMs: number;
}

const CLAIM = `
WITH due AS MATERIALIZED (
  SELECT key FROM bank_transfers
  WHERE state = 'in_progress' AND next_ask_at <= $1 AND ($2::uuid IS NULL OR key = $2)
  ORDER BY next_ask_at LIMIT $3 FOR UPDATE SKIP LOCKED
)
UPDATE bank_transfers SET attempts = attempts + 1, next_ask_at = $4
WHERE key IN (SELECT key FROM due)
RETURNING ${BANK_TRANSFER_COLUMNS}`;

/**
 * Claims due transfers, each for one call to the bank. The lease keeps other processes away from
 * the transfer; it expires after a crash. Throws 503 `clock-off`, and claims nothing, when the
 * clocks of process and database disagree.
 */
export async function claimBankTransfers(
  context: PaymentContext,
  { key, limit, waitMs }: Claim,
): Promise<BankTransfer[]> {
  const now = await agreedNow(context, context.database);
  const params = [now, key, limit, leaseOfCall(now, waitMs)];
  return query<BankTransfer>(context.database, CLAIM, params);
}

import { query } from '../../shared/db/data-source';
import { agreedNow } from '../../shared/db/database-clock';
import { leaseOfCall } from '../../shared/work/lease';
import type { PaymentContext } from '../context';
import { BANK_TRANSFER_COLUMNS, type BankTransfer } from '../queries/bank-transfer';

/** Which transfers to take up; `waitMs` is how long the bank may take to answer. */
export interface Claim {
  /** Null for all. */
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
 * Takes up transfers that are due, each for one call to the bank. Nobody else talks about the same
 * transfer meanwhile, and after a crash its lease runs out. Throws 503 `clock-off`, and takes
 * nothing up, when the clocks disagree.
 */
export async function claimBankTransfers(
  context: PaymentContext,
  { key, limit, waitMs }: Claim,
): Promise<BankTransfer[]> {
  const now = await agreedNow(context, context.database);
  const params = [now, key, limit, leaseOfCall(now, waitMs)];
  return query<BankTransfer>(context.database, CLAIM, params);
}

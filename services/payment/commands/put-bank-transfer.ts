import { query } from '../../shared/db/data-source';
import { Problem } from '../../shared/kernel/errors';
import { CALLER_WAITS_MS } from '../domain/attempt';
import { bankTransferOf, type BankTransfer } from '../queries/bank-transfer';
import { settleDueTransfers, type Deps } from './settle-bank-transfer';

/** Money to be moved outside, once per key. */
export interface TransferOrder {
  key: string;
  amountCents: bigint;
  currency: string;
  bankAccount: string;
}

const UNPROCESSABLE = 422;

const RECORD = `
INSERT INTO bank_transfers (key, amount_cents, currency, bank_account, created_at, next_ask_at)
VALUES ($1, $2, $3, $4, $5, $5)
ON CONFLICT (key) DO NOTHING`;

/**
 * Moves money outside, once per key, and says how far it came; an outcome is replayed for ever.
 * The order is committed before the bank hears of it. Throws 422 when the key was used for
 * another order.
 */
export async function putBankTransfer(deps: Deps, order: TransferOrder): Promise<BankTransfer> {
  const { key, amountCents, currency, bankAccount } = order;
  const params = [key, amountCents, currency, bankAccount, deps.clock()];
  await query(deps.database, RECORD, params);
  const recorded = await bankTransferOf(deps.database, key);
  if (!isSameOrder(recorded, order)) {
    throw new Problem(UNPROCESSABLE, 'key-reused', 'This key belongs to another transfer');
  }
  if (recorded.state !== 'in_progress') return recorded;
  await settleDueTransfers(deps, { key, limit: 1, waitMs: CALLER_WAITS_MS });
  return bankTransferOf(deps.database, key);
}

function isSameOrder(recorded: BankTransfer, order: TransferOrder): boolean {
  return (
    recorded.amountCents === order.amountCents &&
    recorded.currency === order.currency &&
    recorded.bankAccount === order.bankAccount
  );
}

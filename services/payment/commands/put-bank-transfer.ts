import { query } from '../../shared/db/data-source';
import { agreedNow } from '../../shared/db/database-clock';
import { leaseOfCall } from '../../shared/work/lease';
import type { PaymentContext } from '../context';
import { CALLER_WAITS_MS } from '../domain/attempt';
import { BANK_TRANSFER_COLUMNS, bankTransferOf, type BankTransfer } from '../queries/bank-transfer';
import { demandSameOrder, type TransferOrder } from '../queries/same-order';
import { claimBankTransfers } from './claim-bank-transfers';
import { settleBankTransfer } from './settle-bank-transfer';

/**
 * A new order is recorded and claimed in one statement, so that no other process claims it first.
 */
const RECORD = `
INSERT INTO bank_transfers
  (key, amount_cents, currency, bank_account, created_at, next_ask_at, attempts, rail,
   business_day, creditor_name)
VALUES ($1, $2, $3, $4, $5, $6, 1, $7, $8, $9)
ON CONFLICT (key) DO NOTHING
RETURNING ${BANK_TRANSFER_COLUMNS}`;

/**
 * Moves money to a bank account, once per idempotency key, and returns the recorded state; a final
 * outcome is replayed for ever. The order is committed before the bank is called. Throws 422
 * `key-reused` when the key belongs to another order, 503 `clock-off` when the clocks of process
 * and database disagree.
 */
export async function putBankTransfer(
  context: PaymentContext,
  order: TransferOrder,
): Promise<BankTransfer> {
  const recorded = await record(context, order);
  if (recorded) return settleBankTransfer(context, recorded, CALLER_WAITS_MS);
  const { key } = order;
  const existing = await demandSameOrder(context.database, order);
  if (existing.state !== 'in_progress') return existing;
  const claim = { key, limit: 1, waitMs: CALLER_WAITS_MS };
  const [claimed] = await claimBankTransfers(context, claim);
  if (claimed) return settleBankTransfer(context, claimed, CALLER_WAITS_MS);
  return bankTransferOf(context.database, key);
}

/** Returns the recorded and claimed order, or null when the key was used before. */
async function record(context: PaymentContext, order: TransferOrder): Promise<BankTransfer | null> {
  const { key, amountCents, currency, bankAccount, businessDay, creditorName } = order;
  const rail = context.rails.nameFor(bankAccount);
  const now = await agreedNow(context, context.database);
  const leaseUntil = leaseOfCall(now, CALLER_WAITS_MS);
  const params = [
    ...[key, amountCents, currency, bankAccount, now, leaseUntil],
    ...[rail, businessDay, creditorName],
  ];
  const [row] = await query<BankTransfer>(context.database, RECORD, params);
  return row ?? null;
}

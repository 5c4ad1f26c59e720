import { query } from '../../shared/db/data-source';
import type { PaymentContext } from '../context';
import { BANK_TRANSFER_COLUMNS, type BankTransfer } from '../queries/bank-transfer';
import { demandSameOrder, type TransferOrder } from '../queries/same-order';

const WITHDRAW = `
INSERT INTO bank_transfers (key, amount_cents, currency, bank_account, state,
  created_at, next_ask_at, settled_at)
VALUES ($1, $2, $3, $4, 'withdrawn', $5, $5, $5)
ON CONFLICT (key) DO NOTHING
RETURNING ${BANK_TRANSFER_COLUMNS}`;

/**
 * Withdraws an order that has not arrived: its key is taken, so an order delayed by a stalled
 * process or network is never sent. An order that has arrived is left unchanged. Returns the
 * transfer recorded under the key. Throws 422 `key-reused` when the key belongs to another order.
 */
export async function withdrawBankTransfer(
  { database, now }: PaymentContext,
  order: TransferOrder,
): Promise<BankTransfer> {
  const { key, amountCents, currency, bankAccount } = order;
  const params = [key, amountCents, currency, bankAccount, await now(database)];
  const [withdrawn] = await query<BankTransfer>(database, WITHDRAW, params);
  return withdrawn ?? demandSameOrder(database, order);
}

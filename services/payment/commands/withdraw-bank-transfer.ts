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
 * Takes an order back that has not arrived: should it arrive later, out of a process that stood
 * still or a network that kept it, it finds its key taken and is never sent. One that has arrived
 * is left as it is. Returns what is recorded under the key. Throws 422 when the key was used for
 * another order.
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

import type { Database } from '../../shared/db/data-source';
import { Problem } from '../../shared/kernel/errors';
import { bankTransferOf, type BankTransfer } from './bank-transfer';

const UNPROCESSABLE = 422;

/** Order to transfer money to a bank account, executed at most once per key. */
export interface TransferOrder {
  key: string;
  amountCents: bigint;
  currency: string;
  bankAccount: string;
}

/** Returns the recorded transfer of the order's key. Throws 422 `key-reused` for another order. */
export async function demandSameOrder(
  database: Database,
  order: TransferOrder,
): Promise<BankTransfer> {
  const existing = await bankTransferOf(database, order.key);
  if (isSameOrder(existing, order)) return existing;
  throw new Problem(UNPROCESSABLE, 'key-reused', 'This key belongs to another transfer');
}

function isSameOrder(recorded: BankTransfer, order: TransferOrder): boolean {
  return (
    recorded.amountCents === order.amountCents &&
    recorded.currency === order.currency &&
    recorded.bankAccount === order.bankAccount
  );
}

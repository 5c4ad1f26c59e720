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
  /** Business day of the payout; null from callers that do not send it. */
  businessDay: string | null;
  /** Holder of the bank account; null when unknown. */
  creditorName: string | null;
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

/** Day and name only describe an order: a repeat may lack them, or name the holder anew. */
function isSameOrder(recorded: BankTransfer, order: TransferOrder): boolean {
  return (
    recorded.amountCents === order.amountCents &&
    recorded.currency === order.currency &&
    recorded.bankAccount === order.bankAccount
  );
}

import { recordAudit } from '../../shared/db/audit-log';
import { agreedNow } from '../../shared/db/database-clock';
import type { PaymentContext } from '../context';
import { newReturns } from '../domain/filed-return';
import { listFiledTransfers } from '../queries/filed-transfers';
import { readPaymentFile, type PaymentFile } from '../queries/payment-files';
import { insertReturned, lockReturns } from '../steps/insert-returned';
import type { FilePart } from './confirm-payment-file';

/**
 * Records that the bank sent the money of executed transfers of a file back, for a reason that the
 * payees read; the moment of the return is now. Account books it like a return on a statement. A
 * transfer that is returned already keeps its first reason; a repeat changes nothing. Throws 400
 * for transfers that the file does not hold, 404, 409 `payment-file-open`, 409 `not-executed`, 503
 * `clock-off`.
 */
export async function returnFiledTransfers(
  context: PaymentContext,
  { fileId, actorId, transactions }: FilePart & { transactions: readonly string[] },
  reason: string,
): Promise<PaymentFile> {
  return context.database.transaction(async (tx) => {
    const { currency } = await readPaymentFile(tx, fileId);
    await lockReturns(tx);
    const returned = newReturns(await listFiledTransfers(tx, fileId), transactions);
    if (returned.length > 0) {
      const now = await agreedNow(context, tx);
      const told = { statementPosition: null, currency, reason, returnedAt: now };
      const returns = returned.map(({ key, amountCents }) => ({ key, amountCents, ...told }));
      await insertReturned(tx, returns, now);
      const after = { returned: returned.map(({ key }) => key) };
      const action = 'payment-file.returned';
      await recordAudit(tx, { actorId, action, subject: fileId, after, reason });
    }
    return readPaymentFile(tx, fileId);
  });
}

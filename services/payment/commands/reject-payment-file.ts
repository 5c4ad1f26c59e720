import type { PaymentContext } from '../context';
import { meant, type FileVerdict } from '../domain/file-verdict';
import type { PaymentFile } from '../queries/payment-files';
import { settlePaymentFile } from '../steps/settle-payment-file';
import type { FilePart } from './confirm-payment-file';

/**
 * Records that the bank refused a file, or some of its transfers, for a reason that the payees
 * read. A repeat changes nothing. Throws 400 for transfers that the file does not hold, 404, 409
 * `payment-file-open`, 409 `transfer-settled`.
 */
export async function rejectPaymentFile(
  context: PaymentContext,
  { fileId, actorId, transactions }: FilePart,
  reason: string,
): Promise<PaymentFile> {
  return context.database.transaction((tx) =>
    settlePaymentFile(tx, context, {
      fileId,
      actorId,
      action: 'payment-file.rejected',
      reason,
      judge({ transfers }) {
        const isNamed = transactions !== null;
        return meant(transfers, transactions).map(({ key }): FileVerdict => ({
          key,
          isNamed,
          outcome: 'refused',
          bankReference: null,
          reason,
        }));
      },
    }),
  );
}

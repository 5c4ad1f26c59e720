import type { PaymentContext } from '../context';
import { meant, type FileVerdict } from '../domain/file-verdict';
import type { PaymentFile } from '../queries/payment-files';
import { settlePaymentFile } from '../steps/settle-payment-file';

/** Part of a file that an operator speaks about. */
export interface FilePart {
  fileId: string;
  actorId: string;
  /** Keys of transfers; null for all that still wait. */
  transactions: readonly string[] | null;
}

/**
 * Records that the bank executed a file, or some of its transfers. The order's reference, which is
 * on the bank's statement (`EndToEndId`), is the bank reference. A repeat changes nothing.
 * Throws 400 for transfers that the file does not hold, 404, 409 `payment-file-open`, 409
 * `transfer-settled`.
 */
export async function confirmPaymentFile(
  context: PaymentContext,
  { fileId, actorId, transactions }: FilePart,
): Promise<PaymentFile> {
  return context.database.transaction((tx) =>
    settlePaymentFile(tx, context, {
      fileId,
      actorId,
      action: 'payment-file.confirmed',
      reason: null,
      judge({ transfers }) {
        const isNamed = transactions !== null;
        return meant(transfers, transactions).map(({ key, reference }): FileVerdict => ({
          key,
          isNamed,
          outcome: 'succeeded',
          bankReference: reference,
        }));
      },
    }),
  );
}

import { badRequest } from '../../shared/kernel/errors';
import { readStatusReport } from '../clients/status-report';
import type { PaymentContext } from '../context';
import { verdictsOf } from '../domain/status-report';
import type { PaymentFile } from '../queries/payment-files';
import { settlePaymentFile } from '../steps/settle-payment-file';

/**
 * Applies the bank's status report (`pain.002.001.10`) to a file: executed and refused transfers
 * are settled, all others go on waiting. A repeat changes nothing. Throws 400 for another document,
 * or one about another file, 404, 409 `payment-file-open`, 409 `transfer-settled`.
 */
export async function readFileStatus(
  context: PaymentContext,
  { fileId, actorId }: { fileId: string; actorId: string },
  document: string,
): Promise<PaymentFile> {
  const report = readStatusReport(document);
  if (!report) throw badRequest('The body is no customer payment status report (pain.002.001.10)');
  return context.database.transaction((tx) =>
    settlePaymentFile(tx, context, {
      fileId,
      actorId,
      action: 'payment-file.status-read',
      reason: null,
      judge: (file) => verdictsOf(report, file),
    }),
  );
}

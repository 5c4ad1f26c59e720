import { askTransfer } from '../clients/payment';
import type { PayoutContext } from '../context';
import { verdictOf } from '../domain/payout';
import { isUnsettled } from '../domain/returned-transfer';
import { orderedAttempt } from '../queries/returned-transfers';
import { settleAttempts } from './settle-attempts';

/**
 * Settles the attempt of a returned transfer, when its outcome is not known yet, by Payment's
 * answer: what came back was executed before. Without a certain answer the return waits.
 */
export async function settleReturned(context: PayoutContext, key: string): Promise<void> {
  const attempt = await orderedAttempt(context.database, key, 'unlocked');
  if (!attempt || !isUnsettled(attempt)) return;
  const verdict = verdictOf(await askTransfer(context.sidecar, key));
  await settleAttempts(context, [{ attempt, verdict }]);
}

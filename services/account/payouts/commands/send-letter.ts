import { crashPoint } from '../../../shared/runtime/crash-point';
import type { DueLetter } from '../../../shared/work/letters/send-letters';
import { putLetterToUser } from '../clients/letters';
import type { PayoutContext } from '../context';

/**
 * Sends a letter of the queue through Notify, about a payout or anything else. Throws `Problem`
 * when User or Notify is away, 422 when the address is refused for good.
 */
export async function sendLetter(
  { sidecar }: PayoutContext,
  { id, userId, content }: DueLetter,
): Promise<void> {
  await putLetterToUser(sidecar, id, userId, content);
  crashPoint('payout:letter-sent');
}

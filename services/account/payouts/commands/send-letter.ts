import { crashPoint } from '../../../shared/runtime/crash-point';
import type { DueLetter } from '../../../shared/work/letters/send-letters';
import { putLetterToUser } from '../clients/letters';
import type { PayoutContext } from '../context';

/**
 * Has Notify send a letter that Account owes, about a payout or anything else. Throws `Problem`
 * when User or Notify can't do it now, 422 when the address is refused for good.
 */
export async function sendLetter(
  { sidecar }: PayoutContext,
  { id, userId, content }: DueLetter,
): Promise<void> {
  await putLetterToUser(sidecar, id, userId, content);
  crashPoint('payout:letter-sent');
}

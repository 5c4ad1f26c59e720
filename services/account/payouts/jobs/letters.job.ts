import { everyStep } from '../../../shared/kernel/every-step';
import { sendLetters } from '../../../shared/work/letters/send-letters';
import { moveOldLetters } from '../commands/move-old-letters';
import { sendLetter } from '../commands/send-letter';
import type { PayoutContext } from '../context';

/**
 * Sends the queue of letters, those written by the service too: only the worker sends. Letters of
 * the previous version are moved to the queue first. Payouts do not wait for letters.
 */
export async function runLetters(context: PayoutContext): Promise<void> {
  await everyStep([
    async () => {
      while (!context.isStopping() && (await moveOldLetters(context)) > 0);
    },
    () => sendLetters({ ...context, send: (letter) => sendLetter(context, letter) }),
  ]);
}

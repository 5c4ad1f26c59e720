import { everyStep } from '../../../shared/kernel/every-step';
import { sendLetters } from '../../../shared/work/letters/send-letters';
import { moveOldLetters } from '../commands/move-old-letters';
import { sendLetter } from '../commands/send-letter';
import type { PayoutContext } from '../context';

/**
 * Sends all letters that Account owes: the worker alone does, for the service beside it too. No
 * letter holds any money up.
 */
export async function runLetters(context: PayoutContext): Promise<void> {
  await everyStep([
    async () => {
      while (!context.isStopping() && (await moveOldLetters(context)) > 0);
    },
    () => sendLetters({ ...context, send: (letter) => sendLetter(context, letter) }),
  ]);
}

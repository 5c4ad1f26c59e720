import { everyStep, throwAll } from '../../../shared/kernel/every-step';
import { bookReturn } from '../commands/book-return';
import { hearOfReturns } from '../commands/hear-of-returns';
import { settleReturned } from '../commands/settle-returned';
import type { PayoutContext } from '../context';
import { dueReturns } from '../queries/returned-transfers';

/**
 * Takes back what the bank sent back: asks Payment for new returns, then books all that are due,
 * also those of earlier rounds. A return that can't be booked stops no other.
 */
export async function takeBackReturns(context: PayoutContext): Promise<void> {
  await everyStep([() => hearOfReturns(context), () => bookDueReturns(context)]);
}

async function bookDueReturns(context: PayoutContext): Promise<void> {
  const errors: unknown[] = [];
  for (const key of await dueReturns(context)) {
    if (context.isStopping()) break;
    try {
      await settleReturned(context, key);
      const finding = await bookReturn(context, key);
      if (finding === null) context.logger.info({ key }, 'return booked');
      else context.logger.warn({ key, finding }, 'return not booked');
    } catch (error) {
      errors.push(error);
    }
  }
  throwAll(errors);
}

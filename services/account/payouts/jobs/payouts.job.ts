import { everyStep } from '../../../shared/kernel/every-step';
import { closeDueDay } from '../commands/close-due-day';
import type { PayoutContext } from '../context';
import { askUnclear, payPlanned } from './pay-out.job';

/**
 * One evening round, or any other: closes the days that are due, pays what is planned, and
 * finds out what became of what is unclear. Any number of workers may do this at once and as
 * often as they like; the tables decide what is left to do. A step that fails stops no other;
 * what went wrong is thrown at the end, as one error.
 */
export async function runPayouts(context: PayoutContext): Promise<void> {
  await everyStep([
    () => closeDueDays(context),
    () => payPlanned(context),
    () => askUnclear(context),
    // What turned out never to have arrived is planned again.
    () => payPlanned(context),
  ]);
}

/**
 * Closes due days, the oldest first, each in a transaction of its own. A day that can't be closed
 * keeps later days open: a closing builds on the previous one.
 */
async function closeDueDays(context: PayoutContext): Promise<void> {
  while (await closeDueDay(context));
}

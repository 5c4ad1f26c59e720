import { everyStep } from '../../../shared/kernel/every-step';
import { closeDueDays } from '../commands/close-business-day';
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

import { everyStep } from '../../../shared/kernel/every-step';
import { closeDueDay } from '../commands/close-due-day';
import type { PayoutContext } from '../context';
import { askUnclear, payPlanned } from './pay-out.job';
import { takeBackReturns } from './returns.job';

/**
 * Runs one round: closes the days that are due, pays planned payouts, asks Payment about unclear
 * ones, and books returns. Concurrent and repeated runs are safe: the tables say what is left to
 * do. A step that fails stops no other step; the errors are thrown at the end.
 */
export async function runPayouts(context: PayoutContext): Promise<void> {
  await everyStep([
    () => closeDueDays(context),
    () => payPlanned(context),
    () => askUnclear(context),
    // Payouts that never arrived at Payment are planned again.
    () => payPlanned(context),
    () => takeBackReturns(context),
  ]);
}

/**
 * Closes due days, the oldest first, each in a transaction of its own. A day that can't be closed
 * keeps later days open: a closing builds on the previous one.
 */
async function closeDueDays(context: PayoutContext): Promise<void> {
  while (await closeDueDay(context));
}

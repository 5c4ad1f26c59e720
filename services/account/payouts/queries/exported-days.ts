import type { Day } from '../../../shared/kernel/business-day';
import type { AccountContext } from '../../context';
import { listDays, type DayFigures } from './day-figures';

/** Days read at a time; each is a handful of sums. */
const BATCH = 100;

/**
 * Reads all business days, newest first, page by page: a day is a row, so that years of them are
 * few, and a closed one never changes.
 */
export async function* exportedDays(
  context: AccountContext,
  signal: AbortSignal,
): AsyncGenerator<DayFigures[], void> {
  let after: Day | null = null;
  do {
    signal.throwIfAborted();
    const days: DayFigures[] = await listDays(context, { after, limit: BATCH });
    if (days.length > 0) yield days;
    after = days.length < BATCH ? null : days.at(-1)!.day;
  } while (after !== null);
}

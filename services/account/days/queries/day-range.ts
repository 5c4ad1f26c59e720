import { FIRST_DAY, addDays, type Day, type DayRange } from '../../../shared/kernel/business-day';
import { badRequest, type FieldFault } from '../../../shared/kernel/errors';
import type { AccountContext } from '../../context';
import { currentDay } from './business-days';

const DEFAULT_DAYS = 30;
const MAX_DAYS = 366;

/** Range of business days in a request, both ends included and optional. */
export interface AskedRange {
  from?: Day | undefined;
  to?: Day | undefined;
}

/**
 * Returns the range of business days asked for: by default 30 days that end with the current one.
 * Throws 400 for a range that begins too early, ends before it begins or is longer than 366 days.
 */
export async function dayRange(
  { database, now, calendar }: AccountContext,
  asked: AskedRange,
): Promise<DayRange> {
  const to = asked.to ?? (await currentDay(database, await now(database), calendar));
  const from = asked.from ?? addDays(to, 1 - DEFAULT_DAYS);
  if (from < FIRST_DAY)
    throw badRequest('The range begins before all time', fault('too early', 'out-of-range'));
  if (from > to)
    throw badRequest('The range ends before it begins', fault('after to', 'after-the-end'));
  if (addDays(from, MAX_DAYS) <= to) {
    const faults = fault('too early', 'range-too-long', { maximum: MAX_DAYS });
    throw badRequest(`The range is longer than ${MAX_DAYS} days`, faults);
  }
  return { from, to };
}

function fault(detail: string, code: string, params?: FieldFault['params']): FieldFault[] {
  return [{ pointer: '/query/from', detail, code, ...(params && { params }) }];
}

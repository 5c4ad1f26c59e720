import {
  addDays,
  cutOffOf,
  type BusinessCalendar,
  type Day,
} from '../../../shared/kernel/business-day';
import { conflict, notFound } from '../../../shared/kernel/errors';

const GRACE_MS = 60_000;

/**
 * The moment by which a day's cut-off must have passed for the worker to close it: a minute
 * after the cut-off, so that what happened just before it is still booked on its day.
 */
export function dueBefore(now: Date): Date {
  return new Date(now.getTime() - GRACE_MS);
}

/** How things stand when somebody wants to close a day by hand. */
export interface ClosingSituation {
  /** The first day that is not closed. */
  open: Day;
  now: Date;
  calendar: BusinessCalendar;
  /** Days may be closed before they begin: for tours and tests. */
  mayBeEarly: boolean;
}

/**
 * Only the open day can be closed, and only once it has begun as planned, at the planned
 * cut-off of the day before. Throws 404 for a day before the first of all, 409
 * `business-day-not-begun` for one that is still to come.
 */
export function demandClosable(day: Day, situation: ClosingSituation): void {
  const { open, now, calendar, mayBeEarly } = situation;
  if (day < open) throw notFound('Business day');
  const hasBegun = mayBeEarly || cutOffOf(addDays(day, -1), calendar) <= now;
  if (day > open || !hasBegun) {
    throw conflict('business-day-not-begun', 'This business day has not begun', `${open} is open`);
  }
}

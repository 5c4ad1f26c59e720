import {
  addDays,
  cutOffOf,
  type BusinessCalendar,
  type Day,
} from '../../../shared/kernel/business-day';
import { conflict, notFound } from '../../../shared/kernel/errors';

const GRACE_MS = 60_000;

/**
 * Returns the latest cut-off of days that the worker closes: a minute before now, so that facts
 * from just before a cut-off are still booked on their day.
 */
export function dueBefore(now: Date): Date {
  return new Date(now.getTime() - GRACE_MS);
}

/** State of the days when a closing by hand is requested. */
export interface ClosingSituation {
  /** First day that is not closed. */
  open: Day;
  now: Date;
  calendar: BusinessCalendar;
  /** Allows closing a day before it began: for tours and tests. */
  mayBeEarly: boolean;
}

/**
 * Throws unless the day is the open one and has begun, at the planned cut-off of the day before:
 * 404 for a day before the open one (the caller handles closed days), 409 `business-day-not-begun`
 * for a day in the future.
 */
export function demandClosable(day: Day, situation: ClosingSituation): void {
  const { open, now, calendar, mayBeEarly } = situation;
  if (day < open) throw notFound('Business day');
  const hasBegun = mayBeEarly || cutOffOf(addDays(day, -1), calendar) <= now;
  if (day > open || !hasBegun) {
    throw conflict('business-day-not-begun', 'This business day has not begun', `${open} is open`);
  }
}

import { invariant } from './invariant';

/**
 * The pure calculus of business days. A business day runs from one cut-off to the next in the
 * business time zone and is named by the date it ends on: with a cut-off at 18:00, Monday
 * 18:30 belongs to Tuesday.
 */

/** A business day, `YYYY-MM-DD`. */
export type Day = string;

/** Where and when business days end. */
export interface BusinessCalendar {
  /** IANA name, e.g. `Europe/Moscow`. */
  timeZone: string;
  /** Local time of day, `HH:MM`. */
  cutOff: string;
}

/** PostgreSQL knows no year 0. A Monday, so that the week around it begins with it. */
export const FIRST_DAY: Day = '0001-01-01';

/**
 * The last day that anybody may name: whatever goes from day to day is bounded by it. The Sunday
 * that ends a year, so that its week and its month end with it.
 */
export const LAST_DAY: Day = '2997-12-31';

/** A business day with the moment it ends: the first one that is not part of it. */
export interface DayWithCutOff {
  day: Day;
  cutOffAt: Date;
}

const MS_PER_SECOND = 1_000;
const MS_PER_DAY = 86_400_000;
const DAYS_PER_WEEK = 7;
const MAX_DAYS_PER_MONTH = 31;
const PLAIN_DATE = /^\d{4}-\d\d-\d\d$/;

/**
 * The day so many days later; earlier for a negative number. Throws `InvariantViolation` outside of
 * years 0 to 9999: days are compared as text, so a loop over longer ones would never end.
 */
export function addDays(day: Day, days: number): Day {
  return dateOf(new Date(midnightUtc(day) + days * MS_PER_DAY));
}

/**
 * The moment a day ends. A local time that the clocks skip is taken as much later as they
 * jump; one that comes twice, the first time (as Temporal's `compatible` does).
 */
export function cutOffOf(day: Day, calendar: BusinessCalendar): Date {
  const asIfUtc = Date.parse(`${day}T${calendar.cutOff}:00Z`);
  const before = offsetMs(asIfUtc - MS_PER_DAY, calendar.timeZone);
  const after = offsetMs(asIfUtc + MS_PER_DAY, calendar.timeZone);
  const isReal = (offset: number): boolean =>
    offsetMs(asIfUtc - offset, calendar.timeZone) === offset;
  return new Date(asIfUtc - (!isReal(before) && isReal(after) ? after : before));
}

/** The business day a moment belongs to. */
export function businessDayOf(moment: Date, calendar: BusinessCalendar): Day {
  // No zone is further than a day from UTC, so the search starts early enough.
  let day = addDays(dateOf(moment), -1);
  while (cutOffOf(day, calendar) <= moment) day = addDays(day, 1);
  return day;
}

/**
 * The days that have begun since `newest`, the newest day known, up to that of `now`; the
 * first day ever when none is known. `newest` ended at its own cut-off, planned or not.
 */
export function daysBegunSince(
  newest: DayWithCutOff | null,
  now: Date,
  calendar: BusinessCalendar,
): DayWithCutOff[] {
  const begun: DayWithCutOff[] = [];
  const open = (day: Day): DayWithCutOff => ({ day, cutOffAt: cutOffOf(day, calendar) });
  let last = newest ?? open(businessDayOf(now, calendar));
  if (newest === null) begun.push(last);
  while (last.cutOffAt <= now) {
    last = open(addDays(last.day, 1));
    begun.push(last);
  }
  return begun;
}

/** First and last day, both included. */
export interface DayRange {
  from: Day;
  to: Day;
}

/** The day, the week (Monday to Sunday) or the month around a day. */
export function periodAround(day: Day, period: 'day' | 'week' | 'month'): DayRange {
  if (period === 'day') return { from: day, to: day };
  if (period === 'week') {
    const sinceMonday =
      (new Date(midnightUtc(day)).getUTCDay() + DAYS_PER_WEEK - 1) % DAYS_PER_WEEK;
    const from = addDays(day, -sinceMonday);
    return { from, to: addDays(from, DAYS_PER_WEEK - 1) };
  }
  const from = `${day.slice(0, -2)}01`;
  const inNextMonth = addDays(from, MAX_DAYS_PER_MONTH);
  return { from, to: addDays(`${inNextMonth.slice(0, -2)}01`, -1) };
}

function midnightUtc(day: Day): number {
  return Date.parse(`${day}T00:00:00Z`);
}

function dateOf(moment: Date): Day {
  const date = moment.toISOString().split('T')[0]!;
  invariant(PLAIN_DATE.test(date), `no business day has the date ${date}`);
  return date;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** Local wall-clock time reads in seconds, whatever the zone. */
function formatFor(timeZone: string): Intl.DateTimeFormat {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
    formats.set(timeZone, format);
  }
  return format;
}

/** How far local time is ahead of UTC at that moment. */
function offsetMs(utcMs: number, timeZone: string): number {
  const parts = formatFor(timeZone).formatToParts(utcMs);
  const part = (type: string): number => Number(parts.find((p) => p.type === type)!.value);
  // `Date.UTC` would take the years 0 to 99 for 1900 to 1999.
  const local = new Date(0);
  local.setUTCFullYear(part('year'), part('month') - 1, part('day'));
  local.setUTCHours(part('hour'), part('minute'), part('second'));
  return local.getTime() - Math.floor(utcMs / MS_PER_SECOND) * MS_PER_SECOND;
}

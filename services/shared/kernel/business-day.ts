import { invariant } from './invariant';

/**
 * Date arithmetic of business days, pure. A business day runs from one cut-off to the next in the
 * business time zone and is named by the date it ends on: with a cut-off at 18:00, Monday 18:30
 * belongs to Tuesday.
 */

/** A business day, `YYYY-MM-DD`. */
export type Day = string;

/** Time zone and cut-off of business days. */
export interface BusinessCalendar {
  /** IANA name, e.g. `Europe/Moscow`. */
  timeZone: string;
  /** Local time of day, `HH:MM`. */
  cutOff: string;
}

/** First day a client may name: PostgreSQL has no year 0. A Monday, so that its week is whole. */
export const FIRST_DAY: Day = '0001-01-01';

/**
 * Last day a client may name, the bound of loops over days. The Sunday that ends a year, so that
 * its week and its month are whole.
 */
export const LAST_DAY: Day = '2997-12-31';

/** A business day and its cut-off, the first moment after it. */
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
 * Returns the day `days` later, earlier for a negative number. Throws `InvariantViolation` outside
 * of years 0 to 9999: days are compared as text, so a loop past them would never end.
 */
export function addDays(day: Day, days: number): Day {
  return dateOf(new Date(midnightUtc(day) + days * MS_PER_DAY));
}

/**
 * Returns the cut-off of a day. A local time that daylight saving skips is moved by the length of
 * the gap; of one that occurs twice, the first is taken (Temporal's `compatible`).
 */
export function cutOffOf(day: Day, calendar: BusinessCalendar): Date {
  const asIfUtc = Date.parse(`${day}T${calendar.cutOff}:00Z`);
  const before = offsetMs(asIfUtc - MS_PER_DAY, calendar.timeZone);
  const after = offsetMs(asIfUtc + MS_PER_DAY, calendar.timeZone);
  const isReal = (offset: number): boolean =>
    offsetMs(asIfUtc - offset, calendar.timeZone) === offset;
  return new Date(asIfUtc - (!isReal(before) && isReal(after) ? after : before));
}

/** Returns the business day that contains a moment. */
export function businessDayOf(moment: Date, calendar: BusinessCalendar): Day {
  // UTC offsets are below one day, so the search starts early enough.
  let day = addDays(dateOf(moment), -1);
  while (cutOffOf(day, calendar) <= moment) day = addDays(day, 1);
  return day;
}

/**
 * Returns the business days that began after `newest`, up to that of `now`; only that of `now` when
 * `newest` is null. `newest` has its stored cut-off, which may differ from the calendar's.
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

/** A range of days, both ends included. */
export interface DayRange {
  from: Day;
  to: Day;
}

/** Returns the day itself, its week (Monday to Sunday) or its month. */
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

/** Returns the cached format that reads local time to the second. */
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

/** Returns the UTC offset of local time at a moment, in milliseconds. */
function offsetMs(utcMs: number, timeZone: string): number {
  const parts = formatFor(timeZone).formatToParts(utcMs);
  const part = (type: string): number => Number(parts.find((p) => p.type === type)!.value);
  // `Date.UTC` maps the years 0 to 99 to 1900 to 1999.
  const local = new Date(0);
  local.setUTCFullYear(part('year'), part('month') - 1, part('day'));
  local.setUTCHours(part('hour'), part('minute'), part('second'));
  return local.getTime() - Math.floor(utcMs / MS_PER_SECOND) * MS_PER_SECOND;
}

import type { Language } from './money';

/** Business day, `YYYY-MM-DD`: a name, never made into a moment. */
export type Day = string;

let zoneOfViewer: string | null = null;

/** The viewer's time zone, as the browser told it when it was asked first. */
export function viewerZone(): string {
  zoneOfViewer ??= Intl.DateTimeFormat().resolvedOptions().timeZone;
  return zoneOfViewer;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function format(
  language: Language,
  timeZone: string,
  options: Intl.DateTimeFormatOptions,
): Intl.DateTimeFormat {
  const key = JSON.stringify([language, timeZone, options]);
  const known = formats.get(key);
  if (known) return known;
  // English with 24 hours: the cut-off is written 18:00 everywhere.
  const made = new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, {
    ...options,
    timeZone,
  });
  formats.set(key, made);
  return made;
}

/** Formats a moment (ISO 8601, UTC) as a time of day in a zone: `18:00`. */
export function formatTime(moment: string, language: Language, timeZone: string): string {
  return format(language, timeZone, { hour: '2-digit', minute: '2-digit' }).format(
    new Date(moment),
  );
}

/** Formats a moment as weekday and time: `Wed 18:00`. */
export function formatWeekdayTime(moment: string, language: Language, timeZone: string): string {
  const options = { weekday: 'short', hour: '2-digit', minute: '2-digit' } as const;
  return format(language, timeZone, options).format(new Date(moment));
}

/** Formats a moment as day and time: `26 Nov, 11:18`. */
export function formatMoment(moment: string, language: Language, timeZone: string): string {
  const options = { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' } as const;
  return format(language, timeZone, options).format(new Date(moment));
}

/** Formats a moment as full date, time and zone, for titles and descriptions. */
export function formatFullMoment(moment: string, language: Language, timeZone: string): string {
  const options = { dateStyle: 'long', timeStyle: 'long' } as const;
  return format(language, timeZone, options).format(new Date(moment));
}

/** Noon UTC of a day: the same date in UTC, the zone it is formatted in. */
const noonOf = (day: Day): Date => new Date(`${day}T12:00:00Z`);

/** Formats a day: `26 Nov`, or `Thu 26 Nov` with its weekday, or with its year. */
export function formatDay(
  day: Day,
  language: Language,
  parts: { weekday?: boolean; year?: boolean } = {},
): string {
  return format(language, 'UTC', {
    day: 'numeric',
    month: 'short',
    ...(parts.weekday && { weekday: 'short' }),
    ...(parts.year && { year: 'numeric' }),
  }).format(noonOf(day));
}

/** Returns the city of a zone: `Europe/Moscow` is `Moscow`. */
export function cityOf(timeZone: string): string {
  return (timeZone.split('/').at(-1) ?? timeZone).replaceAll('_', ' ');
}

/** Returns the day some days after another one; calendar arithmetic in UTC, no zone involved. */
export function addDays(day: Day, count: number): Day {
  const date = noonOf(day);
  date.setUTCDate(date.getUTCDate() + count);
  return date.toISOString().slice(0, 'YYYY-MM-DD'.length);
}

const days = new Map<string, Intl.DateTimeFormat>();

/** Returns the day that a moment falls on in a zone. */
export function dayIn(moment: string, timeZone: string): Day {
  // Swedish dates are written as ISO 8601.
  const made =
    days.get(timeZone) ?? new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' });
  days.set(timeZone, made);
  return made.format(new Date(moment));
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Time left in whole hours and minutes; zero when it has passed. */
export function timeLeft(until: string, now: number): { hours: number; minutes: number } {
  const ms = Math.max(0, new Date(until).getTime() - now);
  return { hours: Math.floor(ms / HOUR), minutes: Math.floor((ms % HOUR) / MINUTE) };
}

/**
 * Formats how long ago a moment was, in words, below one hour; null beyond it, and for moments to
 * come. A moment just ahead is now: clocks differ by seconds.
 */
export function formatAgo(moment: string, language: Language, now: number): string | null {
  const ms = now - new Date(moment).getTime();
  if (ms >= HOUR || ms < -MINUTE) return null;
  const words = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  if (ms < MINUTE) return words.format(-Math.max(0, Math.floor(ms / SECOND)), 'second');
  return words.format(-Math.floor(ms / MINUTE), 'minute');
}

/**
 * Returns the moment of a date and time in the viewer's zone, as a form writes it
 * (`2026-11-26T09:00`, or a date for its beginning); null when it is none.
 */
export function momentOf(written: string): string | null {
  // A date alone would be read as UTC.
  const date = new Date(written.includes('T') ? written : `${written}T00:00`);
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
}

/** Returns a moment as a form writes it, date and time in the viewer's zone. */
export function writtenOf(moment: string): string {
  const date = new Date(moment);
  const local = new Date(date.getTime() - date.getTimezoneOffset() * MINUTE);
  return local.toISOString().slice(0, 'YYYY-MM-DDTHH:MM'.length);
}

/** Formats a length of time in its largest whole unit: `3 min`. */
export function formatLength(seconds: number, language: Language): string {
  const ms = seconds * SECOND;
  const [unit, size] =
    ms < MINUTE
      ? (['second', SECOND] as const)
      : ms < HOUR
        ? (['minute', MINUTE] as const)
        : (['hour', HOUR] as const);
  const words = new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'short' });
  return words.format(Math.floor(ms / size));
}

import { addDays, type Day } from './time';

/** Range of business days, both ends included; null for the server's default, 30 days. */
export interface Range {
  from: Day | null;
  to: Day | null;
}

const MAX_DAYS = 366;

/** Returns what is wrong with a range; null for nothing. */
export function rangeFault({ from, to }: Range): 'afterEnd' | 'tooLong' | null {
  if (from === null || to === null) return null;
  if (from > to) return 'afterEnd';
  return addDays(from, MAX_DAYS) <= to ? 'tooLong' : null;
}

/** Returns a range as the API is asked for it. */
export function rangeQuery({ from, to }: Range): { from?: Day; to?: Day } {
  return { ...(from && { from }), ...(to && { to }) };
}

import { $api, type Schemas } from '../../api/client';
import type { Day } from '../../lib/time';
import { addDays } from '../../lib/time';

export type DayEarnings = Schemas['Earnings']['items'][number];
export type DearestTask = Schemas['DearestTasks']['items'][number];

/** Periods that a range is divided into; `range` is one. */
export const periods = ['day', 'week', 'month', 'range'] as const;
export type Period = (typeof periods)[number];

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

const queryOf = ({ from, to }: Range) => ({ ...(from && { from }), ...(to && { to }) });

/** What the company earned by business day, newest first. */
export function useEarnings(range: Range) {
  const params = { query: queryOf(range) };
  const options = { enabled: rangeFault(range) === null };
  return $api.useQuery('get', '/api/v1/analytics/earnings', { params }, options);
}

/** Who is below zero now. */
export function useBelowZero() {
  return $api.useQuery('get', '/api/v1/analytics/below-zero', {});
}

/** The dearest finished task of each period of a range, newest period first. */
export function useDearest(range: Range, period: Period) {
  const query = { ...queryOf(range), ...(period !== 'range' && { period }) };
  const options = { enabled: rangeFault(range) === null };
  return $api.useQuery('get', '/api/v1/analytics/dearest-task', { params: { query } }, options);
}

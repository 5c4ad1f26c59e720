import { $api, type Schemas } from '../../api/client';
import { rangeFault, rangeQuery, type Range } from '../../lib/day-range';

export type DayEarnings = Schemas['Earnings']['items'][number];
export type DearestTask = Schemas['DearestTasks']['items'][number];

/** Periods that a range is divided into; `range` is one. */
export const periods = ['day', 'week', 'month', 'range'] as const;
export type Period = (typeof periods)[number];

/** What the company earned by business day, newest first. */
export function useEarnings(range: Range) {
  const params = { query: rangeQuery(range) };
  const options = { enabled: rangeFault(range) === null };
  return $api.useQuery('get', '/api/v1/analytics/earnings', { params }, options);
}

/** Who is below zero now. */
export function useBelowZero() {
  return $api.useQuery('get', '/api/v1/analytics/below-zero', {});
}

/** The dearest finished task of each period of a range, newest period first. */
export function useDearest(range: Range, period: Period) {
  const query = { ...rangeQuery(range), ...(period !== 'range' && { period }) };
  const options = { enabled: rangeFault(range) === null };
  return $api.useQuery('get', '/api/v1/analytics/dearest-task', { params: { query } }, options);
}

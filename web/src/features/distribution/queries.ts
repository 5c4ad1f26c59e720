import { $api, type Schemas } from '../../api/client';
import { useList } from '../../api/list';
import type { Problem } from '../../api/problems';

export type Preview = Schemas['DistributionPreview'];
export type Distribution = Schemas['Distribution'];
export type Scope = Preview['scope'];
export type Share = Distribution['people'][number];
export type Last = NonNullable<Preview['last']>;

export const SCOPES = ['unassigned', 'open'] as const satisfies readonly Scope[];

/** Each distribution holds everybody who was dealt tasks, so that a page of them is small. */
export const HISTORY_PAGE = 20;

/** What a distribution would do now. */
export function usePreview(scope: Scope, options: { enabled?: boolean } = {}) {
  const params = { query: { scope } };
  return $api.useQuery('get', '/api/v1/distributions/preview', { params }, options);
}

/** Distributions, latest first. */
export function useDistributions() {
  return useList('/api/v1/distributions', {}, { limit: HISTORY_PAGE });
}

/** Returns the distribution that came before a refused one; null for another refusal. */
export function lastOf(problem: Problem | null): Last | null {
  if (problem?.type !== 'distributed-meanwhile') return null;
  const last = problem.body['last'] as Partial<Last> | null | undefined;
  const { id, by, at } = last ?? {};
  return id !== undefined && by !== undefined && at !== undefined ? { id, by, at } : null;
}

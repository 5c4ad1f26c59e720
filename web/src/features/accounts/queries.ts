import { $api, type Schemas } from '../../api/client';
import { useList } from '../../api/list';

export type Account = Schemas['Account'];
export type Entry = Schemas['Entry'];

/** Paths that differ after a change of an account, or a correction in it. */
export const TOUCHED = [
  '/api/v1/accounts',
  '/api/v1/payouts',
  '/api/v1/business-days',
  '/api/v1/analytics',
] as const;

export const FILTERS = ['all', 'below-zero', 'held'] as const;
export type Filter = (typeof FILTERS)[number];

/** What accounts are filtered by. */
export interface Asked {
  q: string;
  filter: Filter;
}

/** Filters of the API: those that filter nothing are not asked for. */
export function filtersOf({ q, filter }: Asked) {
  return { ...(q !== '' && { q }), ...(filter !== 'all' && { filter }) };
}

/** Accounts, the newest first. */
export function useAccounts(asked: Asked) {
  return useList('/api/v1/accounts', { query: filtersOf(asked) });
}

export function useAccount(userId: string) {
  return $api.useQuery('get', '/api/v1/accounts/{userId}', { params: { path: { userId } } });
}

export function useCompany() {
  return $api.useQuery('get', '/api/v1/accounts/company', {});
}

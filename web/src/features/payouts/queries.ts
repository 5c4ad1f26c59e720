import { $api, type Schemas } from '../../api/client';
import { useList } from '../../api/list';

export type BusinessDay = Schemas['BusinessDay'];
export type Payout = Schemas['Payout'];
export type PayoutState = Payout['state'];

/** All states, in the order of what matters most to who looks after payouts. */
export const STATES = [
  'failed',
  'needs_review',
  'returned',
  'unknown',
  'transferring',
  'planned',
  'paid',
  'cancelled',
] as const satisfies readonly PayoutState[];

/** Parts that a list of payouts is looked at in. */
export const TABS = ['all', 'needs-you', 'under-way', 'paid', 'given-back'] as const;
export type Tab = (typeof TABS)[number];

/** States of a tab; those of `needs-you` are looked through once more (`use-needs-you.ts`). */
export const STATES_OF: Readonly<Record<Tab, readonly PayoutState[]>> = {
  all: [],
  'needs-you': ['failed', 'needs_review', 'unknown', 'returned'],
  'under-way': ['planned', 'transferring', 'unknown'],
  paid: ['paid'],
  'given-back': ['cancelled', 'returned'],
};

/** Paths that differ after a decision about a payout, or a closing. */
export const TOUCHED = [
  '/api/v1/payouts',
  '/api/v1/business-days',
  '/api/v1/accounts',
  '/api/v1/analytics',
] as const;

/** What the payouts of a page are filtered by. */
export interface Asked {
  day: string | null;
  person: string | null;
}

/** Filters of the API: what is null is not asked for. */
export function filtersOf({ day, person }: Asked, tab: Tab) {
  const state = [...STATES_OF[tab]];
  return {
    ...(day !== null && { day }),
    ...(person !== null && { userId: person }),
    ...(state.length > 0 && { state }),
  };
}

/** Payouts of a tab, newest day first. */
export function usePayouts(asked: Asked, tab: Tab, isEnabled = true) {
  return useList('/api/v1/payouts', { query: filtersOf(asked, tab) }, { enabled: isEnabled });
}

/** Number of payouts by state. */
export function usePayoutCounts({ day, person }: Asked) {
  const query = { ...(day !== null && { day }), ...(person !== null && { userId: person }) };
  return $api.useQuery('get', '/api/v1/payouts/counts', { params: { query } });
}

/** Numbers of payouts by state, as a day or the counts say them. */
export type Counts = Partial<Record<PayoutState, number>>;

/** Returns how many payouts are in some states. */
export function countOf(counts: Counts, states: readonly PayoutState[]): number {
  return states.reduce((total, state) => total + (counts[state] ?? 0), 0);
}

export function usePayout(id: string) {
  return $api.useQuery('get', '/api/v1/payouts/{id}', { params: { path: { id } } });
}

/** Business days, newest first, with the open one. */
export function useDays() {
  return useList('/api/v1/business-days', {});
}

export function useDay(day: string) {
  return $api.useQuery('get', '/api/v1/business-days/{day}', { params: { path: { day } } });
}

/**
 * What closing the day now would do. A POST that changes nothing: read like every other read, and
 * refreshed by hints. Nothing but a dry run is ever sent from here.
 */
export function usePreview(day: string | undefined) {
  return $api.useQuery(
    'post',
    '/api/v1/business-days/{day}/close',
    { params: { path: { day: day ?? '' }, query: { dryRun: 'true' } } },
    { enabled: day !== undefined },
  );
}

/** A bank that fails is noticed in this interval, without a hint: silence is no change of state. */
const BANK_MS = 15_000;

/** Whether the bank answers, and how many payouts wait for it. */
export function useBank(isEnabled: boolean) {
  return $api.useQuery(
    'get',
    '/api/v1/payouts/bank',
    {},
    { enabled: isEnabled, refetchInterval: BANK_MS },
  );
}

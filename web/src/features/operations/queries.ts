import { $api, type Schemas } from '../../api/client';
import { useList } from '../../api/list';
import { addDays, momentOf, type Day } from '../../lib/time';

type ProductStatus = Schemas['ProductStatus'];
export type ServiceStatus = ProductStatus['services'][number];
export type ReachedService = Extract<ServiceStatus, { reachable: true }>;
export type DeadLetter = Schemas['DeadLetter'];
export type AuditEntry = Schemas['AuditEntry'];
export type Comparison = Schemas['ReconciliationResult'];
export type UnsentLetter = Schemas['UnsentLetter'];

/** What changes by processing a dead letter: maybe anything. */
export const EVERYTHING = ['/api/v1/'] as const;
export const TOUCHES = ['/api/v1/operations'] as const;

/** Services that keep what could not be processed. */
export const deadLetterServices = ['account', 'board', 'user', 'auth'] as const;
export const deadLetterStates = ['open', 'replayed', 'discarded'] as const;
/** Services that keep an audit log. */
export const auditServices = ['user', 'account', 'payment', 'board', 'auth'] as const;
/** Services that owe letters. */
export type LetterService = 'user' | 'account';

/** How every service does. */
export function useStatus() {
  return $api.useQuery('get', '/api/v1/operations/status', {});
}

/** Returns how many dead letters of a service are open; undefined while that cannot be told. */
export function openDeadLetters(
  status: ProductStatus | undefined,
  service: string,
): number | undefined {
  const found = status?.services.find((each) => each.service === service);
  return found?.reachable ? found.deadLetters?.open : undefined;
}

/** Days of the viewer's calendar, both included; null for no limit. */
export interface Days {
  from: Day | null;
  to: Day | null;
}

/** Limits of the API: the beginning is included, the end is not. */
function momentsOf({ from, to }: Days): { from?: string; to?: string } {
  const begin = from && momentOf(from);
  const end = to && momentOf(addDays(to, 1));
  return { ...(begin && { from: begin }), ...(end && { to: end }) };
}

/** Filters of dead letters. */
export interface DeadLetterFilters extends Days {
  service: (typeof deadLetterServices)[number];
  state: DeadLetter['state'];
  type: string | null;
}

/** Events that a service could not process, newest first. */
export function useDeadLetters({ service, state, type, ...days }: DeadLetterFilters) {
  return useList('/api/v1/operations/{service}/dead-letters', {
    path: { service },
    query: { state, ...(type && { type }), ...momentsOf(days) },
  });
}

/** Filters of the audit log. */
export interface AuditFilters extends Days {
  service: (typeof auditServices)[number];
  actor: string | null;
  action: string | null;
  subject: string;
}

const auditQuery = ({ actor, action, subject, from, to }: AuditFilters) => ({
  ...(actor && { actor }),
  ...(action && { action }),
  ...(subject !== '' && { subject }),
  ...momentsOf({ from, to }),
});

/** Who changed what of rights and money, newest first. */
export function useAuditLog(filters: AuditFilters) {
  return useList('/api/v1/operations/{service}/audit-log', {
    path: { service: filters.service },
    query: auditQuery(filters),
  });
}

/** Address of the same entries as a file. */
export function auditFileOf(filters: AuditFilters, locale: 'en' | 'ru'): string {
  const query = new URLSearchParams({ ...auditQuery(filters), locale });
  return `/api/v1/operations/${filters.service}/audit-log.csv?${query}`;
}

/** Letters of a service that were given up. */
export function useGivenUpLetters(service: LetterService) {
  return useList('/api/v1/operations/{service}/letters', {
    path: { service },
    query: { state: 'given-up' },
  });
}

const POLL_MS = 1_000;

/** A comparison over all services; asked for again until it is done. */
export function useReconciliation(id: string | null) {
  return $api.useQuery(
    'get',
    '/api/v1/operations/reconciliations/{id}',
    { params: { path: { id: id ?? '' } } },
    {
      enabled: id !== null,
      refetchInterval: ({ state }) => (state.data?.state === 'done' ? false : POLL_MS),
    },
  );
}

import type { Schemas } from '../src/api/client';
import { newId, someUser, usd } from './factories';

/** Everything. */
export const everyPermission: Schemas['User']['permissions'] = [
  'tasks.distribute',
  'tasks.view-all',
  'accounting.view-all',
  'accounting.correct',
  'payouts.manage',
  'prices.configure',
  'analytics.view',
  'users.manage',
  'operations.manage',
];

export const someAdmin = (): Schemas['User'] =>
  someUser({ nickname: 'admin', role: 'admin', permissions: everyPermission });

export function someSeenUser(more: Partial<Schemas['SeenUser']> = {}): Schemas['SeenUser'] {
  return {
    ...someUser(),
    fullName: null,
    awaitsApproval: false,
    ownPermissions: [],
    groups: [],
    createdAt: '2026-11-12T08:00:00.000Z',
    activation: { credentialsSet: true, accountOpened: true },
    ...more,
  };
}

export function someGroup(more: Partial<Schemas['Group']> = {}): Schemas['Group'] {
  return {
    id: newId(),
    name: 'Night shift leads',
    permissions: ['tasks.distribute'],
    memberCount: 0,
    version: 1,
    members: [],
    membersNext: null,
    ...more,
  };
}

export function someFormula(more: Partial<Schemas['PriceFormula']> = {}): Schemas['PriceFormula'] {
  return {
    version: 1,
    validFrom: '1970-01-01T00:00:00.000Z',
    priceMin: usd(2_000),
    priceMax: usd(4_000),
    writeOffRate: '0.5',
    accrualRate: '1',
    createdBy: null,
    createdAt: '2026-11-01T08:00:00.000Z',
    ...more,
  };
}

export function someDeadLetter(more: Partial<Schemas['DeadLetter']> = {}): Schemas['DeadLetter'] {
  return {
    id: newId(),
    topic: 'tasks',
    type: 'TaskFinished.v1',
    eventId: newId(),
    error: 'retries used up',
    firstSeenAt: '2026-11-25T01:20:00.000Z',
    lastSeenAt: '2026-11-25T01:20:00.000Z',
    timesSeen: 3,
    state: 'open',
    resolvedBy: null,
    resolvedAt: null,
    resolvedReason: null,
    replayable: true,
    ...more,
  };
}

export type ReachedService = Extract<
  Schemas['ProductStatus']['services'][number],
  { reachable: true }
>;

export function someService(more: Partial<ReachedService> = {}): ReachedService {
  return {
    service: 'account',
    reachable: true,
    attention: [],
    clockOffsetMs: 0,
    outbox: { pending: 0, oldestSeconds: 0 },
    deadLetters: { open: 0 },
    letters: { due: 0, oldestSeconds: 0, givenUp: 0 },
    invariants: [{ name: 'debits-equal-credits', faults: 0, provenAt: '2026-11-26T07:59:00.000Z' }],
    payouts: null,
    bankTransfers: null,
    reconciliations: [],
    ...more,
  };
}

export function someStatus(
  services: Schemas['ProductStatus']['services'] = [someService()],
): Schemas['ProductStatus'] {
  const isOk = services.every((each) => each.reachable && each.attention.length === 0);
  return { state: isOk ? 'ok' : 'attention', at: '2026-11-26T08:00:00.000Z', services };
}

import { afterEach, beforeEach, vi } from 'vitest';
import type { Schemas } from '../src/api/client';
import { newId, someUser, usd } from './factories';
import { http, server } from './server';

/** The viewer's clock in tests of accounting: the afternoon of the open day. */
const NOW = '2026-11-26T08:00:00.000Z';

/** Stops the viewer's clock at `NOW` in each test of a file. */
export function stopClock(): void {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['Date'], now: new Date(NOW) });
  });
  afterEach(() => {
    vi.useRealTimers();
  });
}

export const someAccountant = (more: Partial<Schemas['User']> = {}): Schemas['User'] =>
  someUser({
    nickname: 'grey',
    role: 'accountant',
    permissions: ['accounting.view-all', 'accounting.correct', 'payouts.manage', 'analytics.view'],
    ...more,
  });

const none = { count: 0, amount: usd(0) };

export function someDay(more: Partial<Schemas['BusinessDay']> = {}): Schemas['BusinessDay'] {
  return {
    day: '2026-11-25',
    state: 'closed',
    from: '2026-11-24T15:00:00.000Z',
    cutOffAt: '2026-11-25T15:00:00.000Z',
    closedAt: '2026-11-25T15:00:02.000Z',
    closedBy: null,
    fees: usd(118_885),
    rewards: usd(34_629),
    corrections: usd(-1_000),
    earned: usd(83_256),
    returned: usd(0),
    payouts: { paid: 24, failed: 1, transferring: 1 },
    payoutTotal: usd(131_455),
    carried: { count: 16, amount: usd(-120_411) },
    held: none,
    ...more,
  };
}

export const someOpenDay = (more: Partial<Schemas['BusinessDay']> = {}): Schemas['BusinessDay'] =>
  someDay({
    day: '2026-11-26',
    state: 'open',
    from: '2026-11-25T15:00:00.000Z',
    cutOffAt: '2026-11-26T15:00:00.000Z',
    closedAt: null,
    payouts: {},
    payoutTotal: usd(0),
    carried: none,
    ...more,
  });

export function someCounts(more: Partial<Schemas['PayoutCounts']> = {}): Schemas['PayoutCounts'] {
  return {
    planned: 0,
    transferring: 0,
    unknown: 0,
    needs_review: 0,
    failed: 0,
    paid: 0,
    cancelled: 0,
    returned: 0,
    ...more,
  };
}

const event = { attempt: null, bankAccount: null, by: null, reason: null };

export function somePayout(more: Partial<Schemas['Payout']> = {}): Schemas['Payout'] {
  return {
    id: newId(),
    userId: newId(),
    day: '2026-11-25',
    amount: usd(1_384),
    state: 'paid',
    reason: null,
    reasonCode: null,
    attempts: [{ at: '2026-11-25T15:00:03.000Z', outcome: null, reason: null }],
    letterState: null,
    letterSentAt: null,
    bankReference: null,
    nextTryAt: null,
    timeline: [{ ...event, at: '2026-11-25T15:00:02.000Z', kind: 'planned' }],
    ...more,
  };
}

/** A payout that the bank refused. */
export const someFailedPayout = (more: Partial<Schemas['Payout']> = {}): Schemas['Payout'] =>
  somePayout({
    state: 'failed',
    reason: 'account number is not known',
    reasonCode: 'refused',
    ...more,
  });

export function someEntry(more: Partial<Schemas['Entry']> = {}): Schemas['Entry'] {
  return {
    id: newId(),
    kind: 'fee',
    day: '2026-11-26',
    amount: usd(-1_341),
    balanceAfter: usd(-13_444),
    taskId: newId(),
    task: { title: 'Speed up the swing', jiraId: 'POPUG-144' },
    assignmentNumber: 4,
    at: '2026-11-26T07:00:00.000Z',
    bookedAt: '2026-11-26T07:00:00.000Z',
    payoutId: null,
    reversesId: null,
    reversedById: null,
    reason: null,
    by: null,
    basis: null,
    ...more,
  };
}

export function someFile(more: Partial<Schemas['PaymentFile']> = {}): Schemas['PaymentFile'] {
  return {
    id: newId(),
    businessDay: '2026-11-25',
    currency: 'USD',
    number: 1,
    state: 'waiting',
    messageId: 'M-1',
    createdAt: '2026-11-25T16:00:00.000Z',
    count: 12,
    total: usd(92_345),
    transfers: { waiting: 9, succeeded: 2, refused: 1, returned: 0 },
    ...more,
  };
}

/** Answers payouts as the server does: by state, day and person. */
export function answerPayouts(stored: { payouts: Schemas['Payout'][] }): URLSearchParams[] {
  const asked: URLSearchParams[] = [];
  const found = (query: URLSearchParams): Schemas['Payout'][] => {
    const states = query.getAll('state');
    return stored.payouts.filter(
      ({ state, day, userId }) =>
        (states.length === 0 || states.includes(state)) &&
        day === (query.get('day') ?? day) &&
        userId === (query.get('userId') ?? userId),
    );
  };
  server.use(
    http.get('/api/v1/payouts', ({ request, response }) => {
      const query = new URL(request.url).searchParams;
      asked.push(query);
      return response(200).json({ items: found(query), next: null });
    }),
    http.get('/api/v1/payouts/counts', ({ request, response }) => {
      const counts = someCounts();
      const query = new URL(request.url).searchParams;
      for (const { state } of found(query)) counts[state] += 1;
      return response(200).json(counts);
    }),
    http.get('/api/v1/payouts/bank', ({ response }) =>
      response(200).json({ state: 'ok', since: null, waiting: 0 }),
    ),
    http.get('/api/v1/people', ({ response }) => response(200).json({ items: [], next: null })),
  );
  return asked;
}

/** Answers the preview of a closing; returns the query of each request to close. */
export function answerClosing(
  preview: Schemas['BusinessDay'],
  onClose?: () => Schemas['BusinessDay'],
): string[] {
  const asked: string[] = [];
  server.use(
    http.post('/api/v1/business-days/{day}/close', ({ request, response }) => {
      const { pathname, search } = new URL(request.url);
      asked.push(`${pathname.split('/').at(-2)}${search}`);
      if (search === '?dryRun=true') return response(200).json(preview);
      if (!onClose) throw new Error('Nothing but a dry run was expected');
      return response(200).json(onClose());
    }),
  );
  return asked;
}

import { z } from 'zod';
import { defineCall, type CallContract } from '../call';
import { moment, uuid } from '../fields';

/** A person waits for the answers of all services together. */
const STATUS_TIMEOUT_MS = 2_000;
const TIMEOUT_MS = 3_000;
/** Ids that a finding names; its count is complete. */
export const MAX_NAMED = 20;

const count = z.number().int().min(0);
const seconds = z.number().min(0);
const none = z.strictObject({});

/** What one side of a reconciliation lacks, by id. */
const finding = z
  .object({
    /** Pair of the comparison: `events`, or what is compared, such as `assignments-fees`. */
    name: z.string(),
    lastRunAt: moment.nullable(),
    lastSuccessAt: moment.nullable(),
    missing: count,
    missingIds: z.array(z.string()).max(MAX_NAMED),
    error: z.string().nullable(),
  })
  .meta({ id: 'ReconciliationResult' });
/** Last result of a reconciliation. */
export type ReconciliationResult = z.infer<typeof finding>;

/** Status of a service: null where it has no such thing. */
export const serviceStatusView = z
  .object({
    service: z.string(),
    attention: z.array(z.string()).meta({ description: 'What a person must look at; stable ids' }),
    clockOffsetMs: z.number().nullable(),
    outbox: z.object({ pending: count, oldestSeconds: seconds }).nullable(),
    deadLetters: z.object({ open: count }).nullable(),
    letters: z.object({ due: count, oldestSeconds: seconds, givenUp: count }).nullable(),
    invariants: z.array(
      z.object({
        name: z.string(),
        faults: count.nullable().meta({ description: 'null: the check failed, or has not run' }),
        provenAt: moment.nullable(),
      }),
    ),
    payouts: z.record(z.string(), count).nullable(),
    bankTransfers: z.object({ inProgress: count, flagged: count }).nullable(),
    reconciliations: z.array(finding),
  })
  .meta({ id: 'ServiceStatus' });
export type ServiceStatus = z.infer<typeof serviceStatusView>;

const exampleId = '0192c5a4-7b1e-7cc3-9d7e-2f4a6b8c0d1e';
const exampleResult: ReconciliationResult = {
  name: 'events',
  lastRunAt: '2026-03-02T15:00:00.000Z',
  lastSuccessAt: '2026-03-02T15:00:00.000Z',
  missing: 0,
  missingIds: [],
  error: null,
};
const exampleStatus: ServiceStatus = {
  service: 'account',
  attention: [],
  clockOffsetMs: 0,
  outbox: { pending: 0, oldestSeconds: 0 },
  deadLetters: { open: 0 },
  letters: { due: 0, oldestSeconds: 0, givenUp: 0 },
  invariants: [{ name: 'paid-is-booked', faults: 0, provenAt: '2026-03-02T15:00:00.000Z' }],
  payouts: { planned: 0, paid: 12 },
  bankTransfers: null,
  reconciliations: [exampleResult],
};

/** The gateway asks every service how it does. */
export const serviceStatus = (app: string): CallContract<z.infer<typeof none>, ServiceStatus> =>
  defineCall({
    app,
    method: 'GET',
    path: '/status',
    request: none,
    response: serviceStatusView,
    example: { request: {}, response: exampleStatus },
    timeoutMs: STATUS_TIMEOUT_MS,
  });

const startRequest = z.strictObject({ id: uuid });
const startAnswer = z.object({ id: uuid });

/** The gateway asks a service to reconcile everything that is kept; a repeat is the same run. */
export const startReconciliation = (
  app: string,
): CallContract<z.infer<typeof startRequest>, z.infer<typeof startAnswer>> =>
  defineCall({
    app,
    method: 'POST',
    path: '/reconciliations',
    request: startRequest,
    response: startAnswer,
    example: { request: { id: exampleId }, response: { id: exampleId } },
    timeoutMs: TIMEOUT_MS,
  });

/** State of a reconciliation at one service. */
export const reconciliationRunView = z.object({
  id: uuid,
  requestedAt: moment,
  finishedAt: moment.nullable(),
  results: z.array(finding),
});
/** A reconciliation that an operator started, at one service. */
export type ReconciliationRun = z.infer<typeof reconciliationRunView>;

/** The gateway asks for the results of a reconciliation; 404 for an unknown id. */
export const getReconciliation = (
  app: string,
): CallContract<z.infer<typeof none>, ReconciliationRun> =>
  defineCall({
    app,
    method: 'GET',
    path: '/reconciliations/{id}',
    request: none,
    response: reconciliationRunView,
    example: {
      request: {},
      response: {
        id: exampleId,
        requestedAt: '2026-03-02T15:00:00.000Z',
        finishedAt: '2026-03-02T15:00:04.000Z',
        results: [exampleResult],
      },
    },
    timeoutMs: TIMEOUT_MS,
  });

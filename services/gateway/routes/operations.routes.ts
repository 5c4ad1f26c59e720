import { z } from 'zod';
import type { ReconciliationRun, ServiceStatus } from '../../shared/contracts/calls/operations';
import { uuid } from '../../shared/contracts/fields';
import type { Sidecar } from '../../shared/dapr/sidecar';
import { createdId } from '../../shared/http/created-id';
import { ok, RouteTable, type Route } from '../../shared/http/route';
import { Problem, notFound } from '../../shared/kernel/errors';
import {
  askStatus,
  isUnknown,
  readReconciliations,
  startReconciliations,
  type Asked,
} from '../clients/operations';
import { observed, policies, reconciled } from '../policies';
import * as schemas from './operations.schemas';

const tag = 'operations';

function presentStatus(asked: readonly Asked<ServiceStatus>[]): object {
  const services = asked.map(({ service, answer }) =>
    answer instanceof Problem
      ? { service, reachable: false as const }
      : { ...answer, service, reachable: true as const },
  );
  const isOk = services.every((each) => each.reachable && each.attention.length === 0);
  return { state: isOk ? 'ok' : 'attention', at: new Date().toISOString(), services };
}

/** Throws 404 when no service knows the id, and none is away. */
function presentRuns(id: string, asked: readonly Asked<ReconciliationRun>[]): object {
  const known = asked.filter(({ answer }) => !isUnknown(answer));
  if (known.length === 0) throw notFound('Reconciliation');
  const services = known.map(({ service, answer }) =>
    answer instanceof Problem
      ? { service, reachable: false as const }
      : { service, reachable: true as const, ...answer },
  );
  const runs = services.filter((each) => each.reachable);
  const isDone = runs.length === services.length && runs.every((run) => run.finishedAt !== null);
  const results = runs.flatMap((run) => run.results);
  const missing = results.reduce((sum, result) => sum + result.missing, 0);
  return { id, state: isDone ? 'done' : 'running', missing, services };
}

/** Builds the routes that concern all services together. */
export function operationsRoutes(sidecar: Sidecar): Route[] {
  return new RouteTable(policies)
    .on('GET /api/v1/operations/status', {
      summary: 'How every service does: events, dead letters, letters, money, reconciliation',
      tag,
      answers: { 200: schemas.productStatus },
      handle: async () => ok(presentStatus(await askStatus(sidecar, observed))),
    })
    .on('POST /api/v1/operations/reconciliations', {
      summary: 'Compare everything that is kept between the services',
      tag,
      answers: { 202: schemas.startedView },
      handle: async (request) => {
        const id = createdId(request);
        const notStarted = await startReconciliations(sidecar, reconciled, id);
        return { status: 202, body: { id, notStarted } };
      },
    })
    .on('GET /api/v1/operations/reconciliations/{id}', {
      summary: 'What came of a reconciliation',
      tag,
      params: z.object({ id: uuid }),
      answers: { 200: schemas.reconciliationView },
      handle: async ({ params: { id } }) =>
        ok(presentRuns(id, await readReconciliations(sidecar, reconciled, id))),
    }).routes;
}

import { z } from 'zod';
import { getReconciliation, startReconciliation } from '../contracts/calls/operations';
import { uuid } from '../contracts/fields';
import type { Database } from '../db/data-source';
import { ok, RouteTable, type Route } from '../http/route';
import { reconciliationPolicies } from './policies';
import { readRun, startRun } from './reconciliations';

const tag = 'operations';

/** Returns the routes by which the gateway starts a reconciliation and reads its results. */
export function reconciliationsRoutes(service: string, database: Database): Route[] {
  const [start, read] = [startReconciliation(service), getReconciliation(service)];
  return new RouteTable(reconciliationPolicies)
    .on('POST /reconciliations', {
      summary: 'Compare everything that is kept with the neighbours',
      tag,
      body: start.request,
      answers: { 200: start.response },
      handle: async ({ body }) => {
        await startRun(database, body.id);
        return ok({ id: body.id });
      },
    })
    .on('GET /reconciliations/{id}', {
      summary: 'What came of it',
      tag,
      params: z.object({ id: uuid }),
      answers: { 200: read.response },
      handle: async ({ params }) => ok(await readRun(database, params.id)),
    }).routes;
}

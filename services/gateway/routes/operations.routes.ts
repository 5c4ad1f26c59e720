import { z } from 'zod';
import { uuid } from '../../shared/contracts/fields';
import { createdId } from '../../shared/http/created-id';
import { ok, RouteTable, type Route } from '../../shared/http/route';
import { startReconciliation } from '../commands/start-reconciliation';
import type { GatewayContext } from '../context';
import { policies } from '../policies';
import { readProductStatus, readReconciliation } from '../queries/product-status';
import * as schemas from './operations.schemas';

const tag = 'operations';

/** Builds the routes that concern all services together. */
export function operationsRoutes(context: GatewayContext): Route[] {
  return new RouteTable(policies)
    .on('GET /api/v1/operations/status', {
      summary: 'How every service does: events, dead letters, letters, money, reconciliation',
      tag,
      answers: { 200: schemas.productStatus },
      handle: async () => ok(await readProductStatus(context)),
    })
    .on('POST /api/v1/operations/reconciliations', {
      summary: 'Compare everything that is kept between the services',
      tag,
      answers: { 202: schemas.startedView },
      handle: async (request) => {
        const id = createdId(request);
        const notStarted = await startReconciliation(context, id);
        return { status: 202, body: { id, notStarted } };
      },
    })
    .on('GET /api/v1/operations/reconciliations/{id}', {
      summary: 'What came of a reconciliation',
      tag,
      params: z.object({ id: uuid }),
      answers: { 200: schemas.reconciliationView },
      handle: async ({ params: { id } }) => ok(await readReconciliation(context, id)),
    }).routes;
}

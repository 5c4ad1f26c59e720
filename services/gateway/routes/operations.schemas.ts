import { z } from 'zod';
import { reconciliationRunView, serviceStatusView } from '../../shared/contracts/calls/operations';
import { moment, uuid } from '../../shared/contracts/fields';

const away = z.object({ service: z.string(), reachable: z.literal(false) });

/** Status of the whole product. */
export const productStatus = z
  .object({
    state: z.enum(['ok', 'attention']),
    at: moment,
    services: z.array(
      z.union([serviceStatusView.safeExtend({ reachable: z.literal(true) }), away]),
    ),
  })
  .meta({ id: 'ProductStatus' });

export const startedView = z
  .object({
    id: uuid,
    notStarted: z.array(z.string()).meta({ description: 'Services that did not answer' }),
  })
  .meta({ id: 'StartedReconciliation' });

/** A reconciliation over all services. */
export const reconciliationView = z
  .object({
    id: uuid,
    state: z.enum(['running', 'done']),
    missing: z.number().int(),
    services: z.array(
      z.union([
        z.object({
          service: z.string(),
          reachable: z.literal(true),
          ...reconciliationRunView.shape,
        }),
        away,
      ]),
    ),
  })
  .meta({ id: 'Reconciliation' });

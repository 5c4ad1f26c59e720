import { systemClock, type Clock } from '../shared/kernel/clock';
import { createParts, type Parts } from '../shared/runtime/parts';
import type { ServiceApp } from '../shared/runtime/service';
import { AccountNumberRail } from './clients/account-number.rail';
import type { PaymentEnv } from './config';
import { createPaymentDatabase } from './data-source';
import { measureTransfersJob } from './jobs/measure-transfers.job';
import { settleTransfersJob } from './jobs/settle-transfers.job';
import { bankTransfersRoutes } from './routes/bank-transfers.routes';

/** The Payment service: its table of contents. */
export function createPayment(
  env: PaymentEnv,
  parts: Parts = createParts('payment', env),
  clock: Clock = systemClock,
): ServiceApp {
  const database = createPaymentDatabase(env.DATABASE_URL);
  const rail = new AccountNumberRail(env.BANK_URL);
  const deps = { database, rail, logger: parts.logger, clock };
  return {
    parts,
    database,
    relaysOutbox: false,
    routes: bankTransfersRoutes(deps),
    jobs: [settleTransfersJob(deps), measureTransfersJob(database, parts.metrics.registry)],
    close: () => rail.close(),
  };
}

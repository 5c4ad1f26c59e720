import { Counter } from 'prom-client';
import { serviceClocks, type Clocks } from '../shared/db/database-clock';
import { createParts, type Parts } from '../shared/runtime/parts';
import type { ServiceApp } from '../shared/runtime/service';
import { AccountNumberRail } from './clients/account-number.rail';
import type { PaymentEnv } from './config';
import { createPaymentDatabase } from './data-source';
import { measureTransfersJob } from './jobs/measure-transfers.job';
import { settleTransfersJob } from './jobs/settle-transfers.job';
import { bankTransfersRoutes } from './routes/bank-transfers.routes';

/** Composes the Payment service; opens no connection. */
export function createPayment(
  env: PaymentEnv,
  parts: Parts = createParts('payment', env),
  clocks: Clocks = serviceClocks,
): ServiceApp {
  const database = createPaymentDatabase(env.DATABASE_URL);
  const rail = new AccountNumberRail(env.BANK_URL);
  const contradictions = new Counter({
    registers: [parts.metrics.registry],
    name: 'bank_transfers_contradicted_total',
    help: 'Answers of the bank that contradict what it said for certain before',
  });
  const countContradiction = (): void => contradictions.inc();
  const context = { ...clocks, database, rail, logger: parts.logger, countContradiction };
  return {
    parts,
    database,
    relaysOutbox: false,
    clocks,
    routes: bankTransfersRoutes(context),
    jobs: [settleTransfersJob(context), measureTransfersJob(database, parts.metrics.registry)],
    close: () => rail.close(),
  };
}

import { Counter } from 'prom-client';
import { serviceClocks, type Clocks } from '../shared/db/database-clock';
import { operate } from '../shared/operations/operate';
import { createParts, type Parts } from '../shared/runtime/parts';
import type { ServiceApp } from '../shared/runtime/service';
import { createRails } from './clients/rails';
import { compareWithBank } from './commands/compare-with-bank';
import { companyOf, type PaymentEnv } from './config';
import type { PaymentContext } from './context';
import { createPaymentDatabase } from './data-source';
import { measureTransfersJob } from './jobs/measure-transfers.job';
import { readReturnsJob } from './jobs/read-returns.job';
import { settleTransfersJob } from './jobs/settle-transfers.job';
import { countUnsettled } from './queries/count-unsettled';
import { comparedRowsRoutes } from './routes/compared-rows.routes';
import { bankTransfersRoutes } from './routes/bank-transfers.routes';
import { filedTransfersRoutes } from './routes/filed-transfers.routes';
import { paymentFilesRoutes } from './routes/payment-files.routes';
import { returnedTransfersRoutes } from './routes/returned-transfers.routes';

/** Composes the Payment service; opens no connection. */
export function createPayment(
  env: PaymentEnv,
  parts: Parts = createParts('payment', env),
  clocks: Clocks = serviceClocks,
): ServiceApp {
  const database = createPaymentDatabase(env.DATABASE_URL);
  const choice = { ru: env.RAIL_RU, iban: env.RAIL_IBAN };
  const rails = createRails({ bankUrl: env.BANK_URL }, choice);
  const contradictions = new Counter({
    registers: [parts.metrics.registry],
    name: 'bank_transfers_contradicted_total',
    help: 'Answers of the bank that contradict what it said for certain before',
  });
  const context: PaymentContext = {
    ...clocks,
    database,
    rails,
    company: companyOf(env),
    timeZone: env.BUSINESS_TIME_ZONE,
    logger: parts.logger,
    countContradiction: () => contradictions.inc(),
  };
  const operations = operate({
    parts,
    database,
    checks: [
      {
        name: 'bank-transfers-statement',
        run: () => compareWithBank({ ...clocks, database, bankUrl: env.BANK_URL }),
      },
    ],
    status: {
      bankTransfers: async () => countUnsettled(database, await context.now(database)),
    },
  });
  return {
    parts,
    database,
    relaysOutbox: false,
    clocks,
    routes: [
      ...bankTransfersRoutes(context),
      ...paymentFilesRoutes(context),
      ...filedTransfersRoutes(context),
      ...returnedTransfersRoutes(context),
      ...comparedRowsRoutes(database),
      ...operations.routes,
    ],
    jobs: [
      settleTransfersJob(context),
      readReturnsJob(context),
      measureTransfersJob(context, parts.metrics.registry),
      ...operations.jobs,
    ],
    close: () => rails.close(),
  };
}

import { CONNECT_TIMEOUT_MS, urlOf } from '../shared/db/data-source';
import { agreedClock } from '../shared/db/database-clock';
import { statusRoutes } from '../shared/operations/status.routes';
import { createParts, type Parts } from '../shared/runtime/parts';
import type { ServiceApp } from '../shared/runtime/service';
import { forgetOldJob } from '../shared/work/forget-old';
import { forgetLetters } from '../shared/work/letters/forget-letters';
import { measureLettersJob } from '../shared/work/letters/measure-letters';
import { dueLettersJob } from '../shared/work/letters/send-letters';
import { ListeningConnection } from '../shared/work/listening-connection';
import { SingleRun } from '../shared/work/single-run';
import type { WorkerEnv } from './config';
import type { AccountContext } from './context';
import { createContext } from './create-context';
import { PAYOUTS_CHANNEL } from './ledger/steps/wake-payouts';
import type { PayoutContext } from './payouts/context';
import { runLetters } from './payouts/jobs/letters.job';
import { measurePayoutsJob } from './payouts/jobs/measure-payouts.job';
import { runPayouts } from './payouts/jobs/payouts.job';

/**
 * Interval of the listener's check. Notifications are only faster; the schedule finds every due
 * payout.
 */
const RECONNECT_MS = 5_000;

/** Creates the worker beside Account, on the same database: its table of contents. */
export function createAccountWorker(
  env: WorkerEnv,
  parts: Parts = createParts('account-worker', env),
  account: AccountContext = createContext(env),
): ServiceApp {
  const { logger, metrics, sidecar } = parts;
  const { database } = account;
  const context: PayoutContext = {
    ...account,
    sidecar,
    logger,
    managementBankAccount: env.MANAGEMENT_BANK_ACCOUNT,
    companyName: env.COMPANY_NAME ?? null,
    inFlight: env.PAYOUTS_IN_FLIGHT,
    isStopping: () => payouts.isStopping,
  };
  // A separate run, so that letters never delay payouts.
  const letters = new SingleRun('letters', logger, () => runLetters(context));
  const payouts = new SingleRun('payouts', logger, () =>
    runPayouts(context).finally(() => letters.fire()),
  );
  const fire = (): void => payouts.fire();
  const listener = new ListeningConnection({
    name: 'account-worker-listener',
    databaseUrl: urlOf(database),
    channel: PAYOUTS_CHANNEL,
    answerTimeoutMs: CONNECT_TIMEOUT_MS,
    logger,
    hear: fire,
  });
  return {
    parts,
    database,
    relaysOutbox: false,
    clocks: context,
    routes: statusRoutes({ service: parts.name, database }),
    triggers: [{ path: '/jobs/payouts', fire }],
    jobs: [
      measurePayoutsJob(context, metrics),
      measureLettersJob(database, metrics.registry),
      forgetOldJob(agreedClock(database, context), [(now) => forgetLetters(database, now)]),
      // Letters written by the service notify nobody: the worker polls for them.
      dueLettersJob(() => letters.fireAndSettle()),
      { name: 'listen-for-payouts', everyMs: RECONNECT_MS, run: () => listener.check() },
    ],
    runs: [payouts, letters],
    close: () => listener.close(),
  };
}

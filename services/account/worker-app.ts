import { urlOf } from '../shared/db/data-source';
import { Listener } from '../shared/db/listener';
import { createParts, type Parts } from '../shared/runtime/parts';
import type { ServiceApp } from '../shared/runtime/service';
import { SingleRun } from '../shared/runtime/single-run';
import type { PayoutDesk } from './commands/payout-desk';
import { sendLetters } from './commands/send-letters';
import { PAYOUTS_CHANNEL } from './commands/wake-payouts';
import type { WorkerEnv } from './config';
import { createBooks } from './create-books';
import { measurePayoutsJob } from './jobs/measure-payouts.job';
import { runPayouts } from './jobs/payouts.job';
import type { Books } from './queries/books';

/** A closing is heard of at once; the schedule is what one can rely on. */
const RECONNECT_MS = 5_000;

/** The worker beside Account, on the same database: its table of contents. */
export function createAccountWorker(
  env: WorkerEnv,
  parts: Parts = createParts('account-worker', env),
  books: Books = createBooks(env),
): ServiceApp {
  const { logger, metrics, sidecar } = parts;
  const desk: PayoutDesk = {
    ...books,
    sidecar,
    logger,
    managementBankAccount: env.MANAGEMENT_BANK_ACCOUNT,
    inFlight: env.PAYOUTS_IN_FLIGHT,
    isStopping: () => payouts.isStopping,
  };
  // A run of its own: no letter holds money up.
  const letters = new SingleRun('letters', logger, () => sendLetters(desk));
  const payouts = new SingleRun('payouts', logger, () =>
    runPayouts(desk).finally(() => letters.fire()),
  );
  const fire = (): void => payouts.fire();
  const listener = new Listener({
    name: 'account-worker-listener',
    databaseUrl: urlOf(books.database),
    channel: PAYOUTS_CHANNEL,
    logger,
    hear: fire,
  });
  return {
    parts,
    database: books.database,
    relaysOutbox: false,
    clocks: books,
    routes: [],
    triggers: [{ path: '/jobs/payouts', fire }],
    jobs: [
      measurePayoutsJob(books, metrics),
      { name: 'listen-for-payouts', everyMs: RECONNECT_MS, run: () => listener.listen() },
    ],
    runs: [payouts, letters],
    close: () => listener.close(),
  };
}

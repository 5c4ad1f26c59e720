import { randomInt } from 'node:crypto';
import { dueLettersJob } from '../shared/messaging/due-letters';
import { measureLettersJob } from '../shared/messaging/measure-letters';
import { createParts, type Parts } from '../shared/runtime/parts';
import type { ServiceApp } from '../shared/runtime/service';
import { sendLetter } from './clients/letters';
import { askBankAccount } from './clients/user';
import type { AccountEnv } from './config';
import { createBooks } from './create-books';
import { checkInvariantsJob } from './jobs/check-invariants.job';
import { openBusinessDaysJob } from './jobs/open-business-days.job';
import type { Books } from './queries/books';
import { allMoneyRoutes, ownMoneyRoutes } from './routes/accounts.routes';
import { analyticsRoutes } from './routes/analytics.routes';
import { businessDaysRoutes } from './routes/business-days.routes';
import { payoutsRoutes } from './routes/payouts.routes';
import { priceFormulasRoutes } from './routes/price-formulas.routes';
import { pricesRoutes } from './routes/prices.routes';
import { onTaskAssigned } from './subscriptions/task-assigned.subscription';
import { onTaskFinished } from './subscriptions/task-finished.subscription';
import { onUserChanged } from './subscriptions/user-changed.subscription';
import { onUserCreated } from './subscriptions/user-created.subscription';

/** Uniform, both ends included; `randomInt` leaves the upper one out. */
const randomInteger = (min: number, max: number): number => randomInt(min, max + 1);

/** The Account service: its table of contents. */
export function createAccount(
  env: AccountEnv,
  parts: Parts = createParts('account', env),
  books: Books = createBooks(env),
): ServiceApp {
  const { sidecar, metrics, logger } = parts;
  return {
    parts,
    database: books.database,
    routes: [
      ...ownMoneyRoutes(books, sidecar),
      ...allMoneyRoutes(books, sidecar),
      ...businessDaysRoutes(books, env.ALLOW_EARLY_CLOSE),
      ...payoutsRoutes({ ...books, sidecar }),
      ...analyticsRoutes(books, sidecar),
      ...pricesRoutes(books, randomInteger),
      ...priceFormulasRoutes(books),
    ],
    subscriptions: [
      {
        topic: 'users',
        handlers: [
          onUserCreated(books, (userId) => askBankAccount(sidecar, userId)),
          ...onUserChanged(),
        ],
      },
      { topic: 'tasks', handlers: [onTaskAssigned(books), onTaskFinished(books)] },
    ],
    jobs: [
      openBusinessDaysJob(books),
      checkInvariantsJob(books, metrics.registry),
      measureLettersJob(books.database, metrics.registry),
      dueLettersJob({
        ...books,
        logger,
        send: ({ id, userId, content }) => sendLetter(sidecar, id, userId, content),
      }),
    ],
  };
}

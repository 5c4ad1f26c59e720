import { randomInt } from 'node:crypto';
import type { Subscription } from '../shared/messaging/subscription';
import { operate } from '../shared/operations/operate';
import { measuredInvariants } from '../shared/operations/status';
import { createParts, type Parts } from '../shared/runtime/parts';
import type { ServiceApp } from '../shared/runtime/service';
import { analyticsRoutes } from './analytics/routes/analytics.routes';
import type { AccountEnv } from './config';
import type { AccountContext } from './context';
import { createContext } from './create-context';
import { openBusinessDaysJob } from './days/jobs/open-business-days.job';
import { askBankAccount } from './ledger/clients/user';
import {
  allMoneyRoutes,
  listedAccountsRoutes,
  ownMoneyRoutes,
} from './ledger/routes/accounts.routes';
import { correctionsRoutes } from './ledger/routes/corrections.routes';
import { statementsRoutes } from './ledger/routes/statements.routes';
import { onTaskAssigned } from './ledger/subscriptions/task-assigned.subscription';
import { onTaskFinished } from './ledger/subscriptions/task-finished.subscription';
import { onUserChanged } from './ledger/subscriptions/user-changed.subscription';
import { onUserCreated } from './ledger/subscriptions/user-created.subscription';
import { measurePayouts } from './payouts/queries/payout-measures';
import { businessDaysRoutes } from './payouts/routes/business-days.routes';
import { payoutsRoutes } from './payouts/routes/payouts.routes';
import { retriesRoutes } from './payouts/routes/retries.routes';
import { consumers, producers } from './policies';
import { priceFormulasRoutes } from './prices/routes/price-formulas.routes';
import { pricesRoutes } from './prices/routes/prices.routes';
import { comparisonsOf } from './proof/commands/compare-with-neighbours';
import { checkInvariantsJob } from './proof/jobs/check-invariants.job';

/** Returns a uniform random integer, both ends included; `randomInt` excludes the upper one. */
const randomInteger = (min: number, max: number): number => randomInt(min, max + 1);

/** Creates the Account service: its table of contents. */
export function createAccount(
  env: AccountEnv,
  parts: Parts = createParts('account', env),
  context: AccountContext = createContext(env),
): ServiceApp {
  const { sidecar, metrics } = parts;
  const { database } = context;
  const subscriptions: Subscription[] = [
    {
      topic: 'users',
      handlers: [
        onUserCreated(context, (userId) => askBankAccount(sidecar, userId)),
        ...onUserChanged(),
      ],
    },
    { topic: 'tasks', handlers: [onTaskAssigned(context), onTaskFinished(context)] },
  ];
  const operations = operate({
    parts,
    database,
    subscriptions,
    producers,
    consumers,
    letters: {},
    checks: comparisonsOf(context, sidecar),
    status: {
      invariants: () => measuredInvariants(metrics.registry),
      payouts: async () => Object.fromEntries((await measurePayouts(database)).counts),
    },
  });
  return {
    parts,
    database,
    routes: [
      ...ownMoneyRoutes(context),
      ...listedAccountsRoutes(context),
      ...statementsRoutes(context, sidecar),
      ...allMoneyRoutes(context, env.MANAGEMENT_BANK_ACCOUNT),
      ...correctionsRoutes(context, sidecar),
      ...businessDaysRoutes(context, env.ALLOW_EARLY_CLOSE),
      ...payoutsRoutes({ ...context, sidecar }),
      ...retriesRoutes(context),
      ...analyticsRoutes(context, sidecar),
      ...pricesRoutes(context, randomInteger),
      ...priceFormulasRoutes(context),
      ...operations.routes,
    ],
    subscriptions,
    jobs: [
      openBusinessDaysJob(context),
      checkInvariantsJob(context, metrics.registry),
      ...operations.jobs,
    ],
  };
}

import { agreedClock, serviceClocks } from '../shared/db/database-clock';
import type { Subscription } from '../shared/messaging/subscription';
import { operate } from '../shared/operations/operate';
import { createParts, type Parts } from '../shared/runtime/parts';
import type { ServiceApp } from '../shared/runtime/service';
import { measureLettersJob } from '../shared/work/letters/measure-letters';
import { dueLettersJob, sendLetters, type DueLetter } from '../shared/work/letters/send-letters';
import { sendLetter } from './clients/letters';
import type { UserEnv } from './config';
import type { UserContext } from './context';
import { createUserDatabase } from './data-source';
import { askForAccountsJob } from './jobs/ask-for-accounts.job';
import { fillNameSkeletonsJob } from './jobs/fill-name-skeletons.job';
import { forgetOldJob } from './jobs/forget-old.job';
import { giveUpRegistrationsJob } from './jobs/give-up-registrations.job';
import { measureRegistrationsJob } from './jobs/measure-registrations.job';
import { tellUnclearChangesJob } from './jobs/tell-unclear-changes.job';
import { consumers, producers } from './policies';
import { groupRightsRoutes } from './routes/group-rights.routes';
import { groupsRoutes } from './routes/groups.routes';
import { peopleRoutes } from './routes/people.routes';
import { servicesRoutes } from './routes/services.routes';
import { signUpRoutes } from './routes/sign-up.routes';
import { userRightsRoutes } from './routes/user-rights.routes';
import { usersRoutes } from './routes/users.routes';
import { onAccountCreated } from './subscriptions/account-created.subscription';

/** Composes the User service; opens no connection. */
export function createUser(env: UserEnv, parts: Parts = createParts('user', env)): ServiceApp {
  const database = createUserDatabase(env.DATABASE_URL);
  const { sidecar, logger, metrics } = parts;
  const context: UserContext = { ...serviceClocks, database, sidecar };
  const send = (letter: DueLetter): Promise<void> => sendLetter(sidecar, letter);
  const letterDesk = { ...context, logger, send };
  const subscriptions: Subscription[] = [
    { topic: 'accounts', handlers: [onAccountCreated(context)] },
  ];
  const operated = { parts, database, subscriptions, producers, consumers, letters: {} };
  const operations = operate(operated);
  return {
    parts,
    database,
    routes: [
      ...signUpRoutes(context, env),
      ...peopleRoutes(database),
      ...usersRoutes(context, env),
      ...userRightsRoutes(context),
      ...groupsRoutes(context),
      ...groupRightsRoutes(context),
      ...servicesRoutes(database),
      ...operations.routes,
    ],
    subscriptions,
    jobs: [
      askForAccountsJob(context, logger),
      fillNameSkeletonsJob(context, logger),
      forgetOldJob(context, agreedClock(database)),
      giveUpRegistrationsJob(context, logger),
      measureRegistrationsJob(database, metrics.registry),
      measureLettersJob(database, metrics.registry),
      tellUnclearChangesJob(context, logger),
      dueLettersJob(() => sendLetters(letterDesk)),
      ...operations.jobs,
    ],
  };
}

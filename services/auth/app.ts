import { agreedClock, serviceClocks } from '../shared/db/database-clock';
import { KeySet, TokenVerifier } from '../shared/http/access-token';
import { createParts, type Parts } from '../shared/runtime/parts';
import type { ServiceApp } from '../shared/runtime/service';
import { operate } from '../shared/operations/operate';
import type { Subscription } from '../shared/messaging/subscription';
import type { AuthEnv } from './config';
import type { AuthContext } from './context';
import { BeakShapeHasher } from './crypto/beak-shape-hasher';
import { createAuthDatabase } from './data-source';
import { forgetOldJob } from './jobs/forget-old.job';
import { rotateSigningKeysJob } from './jobs/rotate-signing-keys.job';
import { producers } from './policies';
import { publishedKeys } from './queries/signing-keys';
import { servicesRoutes } from './routes/services.routes';
import { sessionsRoutes } from './routes/sessions.routes';
import { tokensRoutes } from './routes/tokens.routes';
import { onUserSnapshot } from './subscriptions/user-snapshot.subscription';

/** Composes the Auth service; opens no connection. */
export function createAuth(env: AuthEnv, parts: Parts = createParts('auth', env)): ServiceApp {
  const database = createAuthDatabase(env.DATABASE_URL);
  const issuer = env.TOKEN_ISSUER;
  // Other services fetch the keys from Auth; Auth reads its own database.
  const verifier = new TokenVerifier(new KeySet(() => publishedKeys(database)), issuer);
  const context: AuthContext = {
    ...serviceClocks,
    database,
    hasher: new BeakShapeHasher(),
    issuer,
  };
  const subscriptions: Subscription[] = [
    { topic: 'users', handlers: onUserSnapshot(context.clock) },
  ];
  const operations = operate({ parts, database, subscriptions, producers });
  return {
    parts: { ...parts, verifier },
    database,
    routes: [
      ...tokensRoutes(context),
      ...sessionsRoutes(context),
      ...servicesRoutes(context),
      ...operations.routes,
    ],
    subscriptions,
    jobs: [
      rotateSigningKeysJob(context, agreedClock(database)),
      forgetOldJob(context, agreedClock(database)),
      ...operations.jobs,
    ],
  };
}

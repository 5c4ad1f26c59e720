import { agreedClock } from '../shared/db/database-clock';
import { KeySet, TokenVerifier } from '../shared/http/access-token';
import { systemClock } from '../shared/kernel/clock';
import { createParts, type Parts } from '../shared/runtime/parts';
import type { ServiceApp } from '../shared/runtime/service';
import type { AuthEnv } from './config';
import { createAuthDatabase } from './data-source';
import { forgetOldJob } from './jobs/forget-old.job';
import { rotateSigningKeysJob } from './jobs/rotate-signing-keys.job';
import { publishedKeys } from './queries/signing-keys';
import { servicesRoutes } from './routes/services.routes';
import { sessionsRoutes } from './routes/sessions.routes';
import { tokensRoutes } from './routes/tokens.routes';
import { BeakShapeHasher } from './steps/hash-beak-shape';
import { onUserSnapshot } from './subscriptions/user-snapshot.subscription';

/** The auth service: beak shapes, sessions and the keys that sign tokens. */
export function createAuth(env: AuthEnv, parts: Parts = createParts('auth', env)): ServiceApp {
  const database = createAuthDatabase(env.DATABASE_URL);
  const issuer = env.TOKEN_ISSUER;
  // Everybody else asks us for the keys; we have them.
  const verifier = new TokenVerifier(new KeySet(() => publishedKeys(database)), issuer);
  const context = { database, hasher: new BeakShapeHasher(), clock: systemClock, issuer };
  return {
    parts: { ...parts, verifier },
    database,
    routes: [
      ...tokensRoutes(context),
      ...sessionsRoutes(database, systemClock),
      ...servicesRoutes(context),
    ],
    subscriptions: [{ topic: 'users', handlers: onUserSnapshot(systemClock) }],
    jobs: [
      rotateSigningKeysJob(database, agreedClock(database)),
      forgetOldJob(database, agreedClock(database)),
    ],
  };
}

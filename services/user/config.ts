import { databaseEnv, flag, readEnv, serviceEnv, tokenEnv } from '../shared/config/env';

const signUpEnv = {
  /** Whether people may register themselves. */
  SIGN_UP_ENABLED: flag.default(true),
};

/** The environment of User. Throws `ConfigurationError` naming every fault. */
export function readUserEnv(environment?: Record<string, string | undefined>) {
  return readEnv({ ...serviceEnv, ...databaseEnv, ...tokenEnv, ...signUpEnv }, environment);
}

export type UserEnv = ReturnType<typeof readUserEnv>;

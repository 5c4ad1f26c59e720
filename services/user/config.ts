import {
  databaseEnv,
  flag,
  readEnv,
  serviceEnv,
  tokenEnv,
  type DatabaseEnv,
  type ServiceEnv,
  type TokenEnv,
} from '../shared/config/env';

const userEnv = {
  /** Whether people may register themselves. */
  SIGN_UP_ENABLED: flag.default(true),
};

/** The environment of the user service. */
export type UserEnv = ServiceEnv & DatabaseEnv & TokenEnv & { SIGN_UP_ENABLED: boolean };

/** Reads it. Throws `ConfigurationError` with all faults. */
export function readUserEnv(environment?: Record<string, string | undefined>): UserEnv {
  return readEnv({ ...serviceEnv, ...databaseEnv, ...tokenEnv, ...userEnv }, environment);
}

import {
  databaseEnv,
  readEnv,
  serviceEnv,
  tokenEnv,
  type DatabaseEnv,
  type ServiceEnv,
  type TokenEnv,
} from '../shared/config/env';

/** The environment of the auth service. */
export type AuthEnv = ServiceEnv & DatabaseEnv & TokenEnv;

/** Reads it. Throws `ConfigurationError` with all faults. */
export function readAuthEnv(environment?: Record<string, string | undefined>): AuthEnv {
  return readEnv({ ...serviceEnv, ...databaseEnv, ...tokenEnv }, environment);
}

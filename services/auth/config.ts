import { databaseEnv, readEnv, serviceEnv, tokenEnv } from '../shared/config/env';

/** Reads the environment of Auth. Throws `ConfigurationError` naming every fault. */
export function readAuthEnv(environment?: Record<string, string | undefined>) {
  return readEnv({ ...serviceEnv, ...databaseEnv, ...tokenEnv }, environment);
}

export type AuthEnv = ReturnType<typeof readAuthEnv>;

import { currencyEnv, databaseEnv, readEnv, serviceEnv, tokenEnv } from '../shared/config/env';

/** The environment of Board. Throws `ConfigurationError` naming every fault. */
export function readBoardEnv(environment?: Record<string, string | undefined>) {
  return readEnv({ ...serviceEnv, ...databaseEnv, ...tokenEnv, ...currencyEnv }, environment);
}

export type BoardEnv = ReturnType<typeof readBoardEnv>;

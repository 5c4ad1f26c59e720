import { z } from 'zod';
import {
  businessDayEnv,
  currencyEnv,
  databaseEnv,
  readEnv,
  serviceEnv,
  tokenEnv,
} from '../shared/config/env';

const MAX_TASKS_PER_DAY = 100_000;

const taskEnv = {
  ...businessDayEnv,
  /** Tasks that one person may create between two cut-offs; others pay the fees of these tasks. */
  TASKS_PER_DAY: z.coerce.number().int().min(1).max(MAX_TASKS_PER_DAY).default(200),
};

/** Reads the environment of Board. Throws `ConfigurationError` naming every fault. */
export function readBoardEnv(environment?: Record<string, string | undefined>) {
  const shape = { ...serviceEnv, ...databaseEnv, ...tokenEnv, ...currencyEnv, ...taskEnv };
  return readEnv(shape, environment);
}

export type BoardEnv = ReturnType<typeof readBoardEnv>;

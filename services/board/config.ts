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
  /** How many tasks one person may create between two cut-offs: others pay the fees of them. */
  TASKS_PER_DAY: z.coerce.number().int().min(1).max(MAX_TASKS_PER_DAY).default(200),
};

/** The environment of Board. Throws `ConfigurationError` naming every fault. */
export function readBoardEnv(environment?: Record<string, string | undefined>) {
  const shape = { ...serviceEnv, ...databaseEnv, ...tokenEnv, ...currencyEnv, ...taskEnv };
  return readEnv(shape, environment);
}

export type BoardEnv = ReturnType<typeof readBoardEnv>;

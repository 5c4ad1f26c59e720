import { z } from 'zod';
import { databaseEnv, readEnv, serviceEnv, tokenEnv } from '../shared/config/env';

const boardEnv = {
  ...serviceEnv,
  ...databaseEnv,
  ...tokenEnv,
  /** ISO 4217; the one currency of this installation, the same as Account's. */
  CURRENCY: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .default('USD'),
};
export type BoardEnv = z.infer<z.ZodObject<typeof boardEnv>>;

/** The environment of Board. Throws `ConfigurationError` naming every fault. */
export function readBoardEnv(environment?: Record<string, string | undefined>): BoardEnv {
  return readEnv(boardEnv, environment);
}

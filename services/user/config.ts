import { z } from 'zod';
import { databaseEnv, readEnv, serviceEnv, tokenEnv } from '../shared/config/env';

const MAX_PER_HOUR = 100_000;

const signUpEnv = {
  /** Whether people may register themselves, and whether an administrator lets them in. */
  SIGN_UP: z.enum(['open', 'approval', 'off']).default('off'),
  /** From one address, or one IPv6 /64. */
  SIGN_UPS_PER_HOUR: z.coerce.number().int().min(1).max(MAX_PER_HOUR).default(20),
  /** Of an older version: ignored, it could open what it was meant to close. */
  SIGN_UP_ENABLED: z.undefined('is gone: set SIGN_UP to open, approval or off').optional(),
};

/** The environment of User. Throws `ConfigurationError` naming every fault. */
export function readUserEnv(environment?: Record<string, string | undefined>) {
  return readEnv({ ...serviceEnv, ...databaseEnv, ...tokenEnv, ...signUpEnv }, environment);
}

export type UserEnv = ReturnType<typeof readUserEnv>;

import { z } from 'zod';
import { databaseEnv, readEnv, serviceEnv, tokenEnv } from '../shared/config/env';

const MAX_PER_HOUR = 100_000;

const registrationEnv = {
  /** Whether people may register themselves, and whether `users.manage` has to approve. */
  SIGN_UP: z.enum(['open', 'approval', 'off']).default('off'),
  /** Sign-ups per hour from one address, or one IPv6 /64. */
  SIGN_UPS_PER_HOUR: z.coerce.number().int().min(1).max(MAX_PER_HOUR).default(20),
  /** Whether registrations must name the person in full: for payment rails that need the name. */
  FULL_NAME: z.enum(['optional', 'required']).default('optional'),
  /** Of a previous version; refused, since ignoring it could open a closed sign-up. */
  SIGN_UP_ENABLED: z.undefined('is gone: set SIGN_UP to open, approval or off').optional(),
};

/** Reads the environment of User. Throws `ConfigurationError` naming every fault. */
export function readUserEnv(environment?: Record<string, string | undefined>) {
  return readEnv({ ...serviceEnv, ...databaseEnv, ...tokenEnv, ...registrationEnv }, environment);
}

export type UserEnv = ReturnType<typeof readUserEnv>;

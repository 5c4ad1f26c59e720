import { z } from 'zod';
import { databaseEnv, readEnv, serviceEnv, tokenEnv } from '../shared/config/env';

const bankEnv = {
  /** URL of the bank's HTTP interface; the sandbox bank in development. */
  BANK_URL: z.url({ protocol: /^https?$/ }),
};

/** Reads the environment of Payment. Throws `ConfigurationError` naming every fault. */
export function readPaymentEnv(environment?: Record<string, string | undefined>) {
  return readEnv({ ...serviceEnv, ...databaseEnv, ...tokenEnv, ...bankEnv }, environment);
}

export type PaymentEnv = ReturnType<typeof readPaymentEnv>;

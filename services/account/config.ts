import { z } from 'zod';
import {
  businessDayEnv,
  currencyEnv,
  databaseEnv,
  flag,
  readEnv,
  serviceEnv,
  tokenEnv,
} from '../shared/config/env';
import { bankAccount } from '../shared/contracts/fields';

const booksEnv = {
  ...currencyEnv,
  ...businessDayEnv,
  /** Where the management's own earnings are paid to. */
  MANAGEMENT_BANK_ACCOUNT: bankAccount,
  /** Lets days be closed by hand before they have begun: for tours and tests only. */
  ALLOW_EARLY_CLOSE: flag.default(false),
};

const MAX_IN_FLIGHT = 64;

const workerEnv = {
  /** How many bank transfers, or letters, the worker has under way at a time. */
  PAYOUTS_IN_FLIGHT: z.coerce.number().int().min(1).max(MAX_IN_FLIGHT).default(32),
};

/** The environment of Account. Throws `ConfigurationError` naming every fault. */
export function readAccountEnv(environment?: Record<string, string | undefined>) {
  return readEnv({ ...serviceEnv, ...databaseEnv, ...tokenEnv, ...booksEnv }, environment);
}

export type AccountEnv = ReturnType<typeof readAccountEnv>;

/** The environment of Account's worker. Throws `ConfigurationError` naming every fault. */
export function readWorkerEnv(environment?: Record<string, string | undefined>) {
  const shape = { ...serviceEnv, ...databaseEnv, ...tokenEnv, ...booksEnv, ...workerEnv };
  return readEnv(shape, environment);
}

export type WorkerEnv = ReturnType<typeof readWorkerEnv>;

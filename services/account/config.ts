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
import { bankAccount, fullName } from '../shared/contracts/fields';

const booksEnv = {
  ...currencyEnv,
  ...businessDayEnv,
  /** Bank account that receives the management's own payouts. */
  MANAGEMENT_BANK_ACCOUNT: bankAccount,
  /** Allows closing a day by hand before the day began: for tours and tests only. */
  ALLOW_EARLY_CLOSE: flag.default(false),
};

const MAX_IN_FLIGHT = 64;

const workerEnv = {
  /** Name of the company, for its own payouts; rails that write files need it. */
  COMPANY_NAME: fullName.optional(),
  /** Bank transfers, or letters, that the worker has in progress at a time. */
  PAYOUTS_IN_FLIGHT: z.coerce.number().int().min(1).max(MAX_IN_FLIGHT).default(32),
};

/** Reads the environment of Account. Throws `ConfigurationError` naming every fault. */
export function readAccountEnv(environment?: Record<string, string | undefined>) {
  return readEnv({ ...serviceEnv, ...databaseEnv, ...tokenEnv, ...booksEnv }, environment);
}

export type AccountEnv = ReturnType<typeof readAccountEnv>;

/** Reads the environment of Account's worker. Throws `ConfigurationError` naming every fault. */
export function readWorkerEnv(environment?: Record<string, string | undefined>) {
  const shape = { ...serviceEnv, ...databaseEnv, ...tokenEnv, ...booksEnv, ...workerEnv };
  return readEnv(shape, environment);
}

export type WorkerEnv = ReturnType<typeof readWorkerEnv>;

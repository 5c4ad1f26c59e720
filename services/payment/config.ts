import { z } from 'zod';
import {
  ConfigurationError,
  databaseEnv,
  readEnv,
  serviceEnv,
  tokenEnv,
} from '../shared/config/env';
import { bankAccount, fullName } from '../shared/contracts/fields';
import { railNames } from './clients/rails';
import type { Company } from './domain/credit-transfer';

/** ISO 9362: the bank, its country and place, and its branch. */
const BIC = /^[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}([A-Z0-9]{3})?$/;

const rail = z.enum(railNames).default('bank');

const bankEnv = {
  /** URL of the bank's HTTP interface; the sandbox bank in development. */
  BANK_URL: z.url({ protocol: /^https?$/ }),
  /** Rail of transfers to Russian account numbers, and to IBANs. */
  RAIL_RU: rail,
  RAIL_IBAN: rail,
  /** The company as debtor of payment files. */
  COMPANY_NAME: fullName.optional(),
  COMPANY_BANK_ACCOUNT: bankAccount.optional(),
  COMPANY_BIC: z.string().regex(BIC, 'must be a BIC of 8 or 11 characters').optional(),
  /** Execution days of payment files are dates of this zone. */
};

/**
 * Reads the environment of Payment. Throws `ConfigurationError` naming every fault, also when a
 * rail writes files and the company is not described.
 */
export function readPaymentEnv(environment?: Record<string, string | undefined>) {
  const shape = { ...serviceEnv, ...databaseEnv, ...tokenEnv, ...bankEnv };
  const env = readEnv(shape, environment);
  const missing = COMPANY.filter((name) => env[name] === undefined);
  if (missing.length > 0 && [env.RAIL_RU, env.RAIL_IBAN].includes('file')) {
    throw new ConfigurationError(`A rail writes files, which need ${missing.join(', ')}`);
  }
  return env;
}

export type PaymentEnv = ReturnType<typeof readPaymentEnv>;

const COMPANY = ['COMPANY_NAME', 'COMPANY_BANK_ACCOUNT', 'COMPANY_BIC'] as const;

/** Returns the company as debtor; null unless all of its settings are given. */
export function companyOf(env: Pick<PaymentEnv, (typeof COMPANY)[number]>): Company | null {
  const { COMPANY_NAME: name, COMPANY_BANK_ACCOUNT: number, COMPANY_BIC: bic } = env;
  if (name === undefined || number === undefined || bic === undefined) return null;
  return { name, bankAccount: number, bic };
}

import { serviceClocks } from '../shared/db/database-clock';
import type { AccountEnv } from './config';
import { createAccountDatabase } from './data-source';
import type { Books } from './queries/books';

/** The books as the environment describes them; not connected yet. For the app and its worker. */
export function createBooks(env: AccountEnv): Books {
  return {
    database: createAccountDatabase(env.DATABASE_URL),
    ...serviceClocks,
    calendar: { timeZone: env.BUSINESS_TIME_ZONE, cutOff: env.CUT_OFF },
    currency: env.CURRENCY,
  };
}

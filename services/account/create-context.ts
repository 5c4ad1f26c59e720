import { serviceClocks } from '../shared/db/database-clock';
import type { AccountEnv } from './config';
import type { AccountContext } from './context';
import { createAccountDatabase } from './data-source';

/** The books as the environment describes them; not connected yet. For the app and its worker. */
export function createContext(env: AccountEnv): AccountContext {
  return {
    database: createAccountDatabase(env.DATABASE_URL),
    ...serviceClocks,
    calendar: { timeZone: env.BUSINESS_TIME_ZONE, cutOff: env.CUT_OFF },
    currency: env.CURRENCY,
  };
}

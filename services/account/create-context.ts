import { serviceClocks } from '../shared/db/database-clock';
import type { AccountEnv } from './config';
import type { AccountContext } from './context';
import { createAccountDatabase } from './data-source';

/**
 * Returns the context that the environment describes, for the service and its worker; not connected
 * yet.
 */
export function createContext(env: AccountEnv): AccountContext {
  return {
    database: createAccountDatabase(env.DATABASE_URL),
    ...serviceClocks,
    calendar: { timeZone: env.BUSINESS_TIME_ZONE, cutOff: env.CUT_OFF },
    currency: env.CURRENCY,
  };
}

import type { Database } from '../shared/db/data-source';
import type { Clocks } from '../shared/db/database-clock';
import type { AuthClient } from './clients/auth';

/** What commands and queries receive. */
export interface UserContext extends Clocks {
  database: Database;
  auth: AuthClient;
}

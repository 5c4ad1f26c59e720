import type { Sidecar } from '../shared/dapr/sidecar';
import type { Database } from '../shared/db/data-source';
import type { Clocks } from '../shared/db/database-clock';

/** What commands and queries receive. */
export interface UserContext extends Clocks {
  database: Database;
  /** The way to Auth. */
  sidecar: Sidecar;
}

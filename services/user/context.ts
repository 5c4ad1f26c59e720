import type { Sidecar } from '../shared/dapr/sidecar';
import type { Database } from '../shared/db/data-source';
import type { Clocks } from '../shared/db/database-clock';

/** Dependencies of commands and queries. */
export interface UserContext extends Clocks {
  database: Database;
  /** Sidecar for calls to Auth. */
  sidecar: Sidecar;
}

import type { Sidecar } from '../../shared/dapr/sidecar';
import type { Database } from '../../shared/db/data-source';
import type { Clock } from '../../shared/kernel/clock';

/** What commands and queries work with. */
export interface BoardContext {
  database: Database;
  /** The way to Account and User. */
  sidecar: Sidecar;
  clock: Clock;
  /** ISO 4217; prices in any other are not ours. */
  currency: string;
}

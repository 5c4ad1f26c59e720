import type { Sidecar } from '../shared/dapr/sidecar';
import type { Database } from '../shared/db/data-source';
import type { DatabaseClock } from '../shared/db/database-clock';
import type { BusinessCalendar } from '../shared/kernel/business-day';

/** Dependencies of commands and queries. */
export interface BoardContext {
  database: Database;
  /** Sidecar for calls to Account and User. */
  sidecar: Sidecar;
  /** Clock that dates tasks and events; replicas share it. */
  now: DatabaseClock;
  /** ISO 4217; prices in another currency are refused. */
  currency: string;
  /** Time zone and cut-off of business days. */
  calendar: BusinessCalendar;
  /** Tasks that one person may create between two cut-offs. */
  tasksPerDay: number;
}

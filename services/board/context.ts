import type { Sidecar } from '../shared/dapr/sidecar';
import type { Database } from '../shared/db/data-source';
import type { DatabaseClock } from '../shared/db/database-clock';
import type { BusinessCalendar } from '../shared/kernel/business-day';

/** What commands and queries work with. */
export interface BoardContext {
  database: Database;
  /** The way to Account and User. */
  sidecar: Sidecar;
  /** The clock that decides when something happened: replicas share it. */
  now: DatabaseClock;
  /** ISO 4217; prices in any other are not ours. */
  currency: string;
  /** When business days end. */
  calendar: BusinessCalendar;
  /** How many tasks one person may create between two cut-offs. */
  tasksPerDay: number;
}

import type { Sidecar } from '../../shared/dapr/sidecar';
import type { Database } from '../../shared/db/data-source';
import type { DatabaseClock } from '../../shared/db/database-clock';
import type { BusinessCalendar } from '../../shared/kernel/business-day';
import type { Clock } from '../../shared/kernel/clock';

/** What commands and queries work with. */
export interface BoardContext {
  database: Database;
  /** The way to Account and User. */
  sidecar: Sidecar;
  clock: Clock;
  /** The clock that decides when a task was created: replicas share it. */
  now: DatabaseClock;
  /** ISO 4217; prices in any other are not ours. */
  currency: string;
  /** When business days end. */
  calendar: BusinessCalendar;
  /** How many tasks one person may create between two cut-offs. */
  tasksPerDay: number;
}

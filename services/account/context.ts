import type { Database } from '../shared/db/data-source';
import type { Clocks } from '../shared/db/database-clock';
import type { BusinessCalendar } from '../shared/kernel/business-day';

/** Dependencies of Account's commands and queries: database, clocks, currency and calendar. */
export interface AccountContext extends Clocks {
  database: Database;
  calendar: BusinessCalendar;
  /** ISO 4217. */
  currency: string;
}

import type { Database } from '../shared/db/data-source';
import type { Clocks } from '../shared/db/database-clock';
import type { BusinessCalendar } from '../shared/kernel/business-day';

/** Where money is recorded, in which currency, and how its days are counted. */
export interface AccountContext extends Clocks {
  database: Database;
  calendar: BusinessCalendar;
  /** ISO 4217. */
  currency: string;
}

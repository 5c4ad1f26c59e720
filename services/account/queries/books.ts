import type { Database } from '../../shared/db/data-source';
import type { Clock } from '../../shared/kernel/clock';
import type { BusinessCalendar } from '../../shared/kernel/business-day';

/** Where money is recorded, in which currency, and how its days are counted. */
export interface Books {
  database: Database;
  clock: Clock;
  calendar: BusinessCalendar;
  /** ISO 4217. */
  currency: string;
}

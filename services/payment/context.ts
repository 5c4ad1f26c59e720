import type { Database } from '../shared/db/data-source';
import type { Clocks } from '../shared/db/database-clock';
import type { Logger } from '../shared/observability/logger';
import type { Rail } from './clients/rail';

/** Dependencies of commands and jobs. */
export interface PaymentContext extends Clocks {
  database: Database;
  rail: Rail;
  logger: Logger;
  /** Counts an answer of the bank that contradicts a recorded outcome. */
  countContradiction(): void;
}

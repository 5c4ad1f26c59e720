import type { Database } from '../shared/db/data-source';
import type { Clocks } from '../shared/db/database-clock';
import type { Logger } from '../shared/observability/logger';
import type { Rails } from './clients/rails';
import type { Company } from './domain/credit-transfer';

/** Dependencies of commands and jobs. */
export interface PaymentContext extends Clocks {
  database: Database;
  rails: Rails;
  /** The company as debtor of payment files; null when no rail writes files. */
  company: Company | null;
  /** IANA name of the time zone of business days. */
  timeZone: string;
  logger: Logger;
  /** Counts an answer of the bank that contradicts a recorded outcome. */
  countContradiction(): void;
}

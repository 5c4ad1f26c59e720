import type { Sidecar } from '../../shared/dapr/sidecar';
import type { Logger } from '../../shared/observability/logger';
import type { AccountContext } from '../context';

/** Dependencies of the worker's commands. */
export interface PayoutContext extends AccountContext {
  sidecar: Sidecar;
  logger: Logger;
  /** Bank account that receives the management's own payouts. */
  managementBankAccount: string;
  /** Name of the company, the holder of that account; null when it is not set. */
  companyName: string | null;
  /** Calls to a service in progress at a time. */
  inFlight: number;
  /** True when the process is shutting down: no new work is claimed. */
  isStopping(): boolean;
}

import type { Sidecar } from '../../shared/dapr/sidecar';
import type { Logger } from '../../shared/observability/logger';
import type { AccountContext } from '../context';

/** What the worker pays out with. */
export interface PayoutContext extends AccountContext {
  sidecar: Sidecar;
  logger: Logger;
  /** Where the management's own earnings go. */
  managementBankAccount: string;
  /** How many calls to a neighbour are under way at a time. */
  inFlight: number;
  /** True when the process is to end: nothing new is begun. */
  isStopping(): boolean;
}

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

const LEASE_MS = 60_000;
/** One after the other, these end within the lease, also when each runs into its deadline. */
const CALLS_PER_LEASE = 4;
/** Rows written by one statement. */
export const BATCH = 128;

/** How many rows to take up at once: no more than are worked off before the lease is over. */
export function claimSize({ inFlight }: PayoutContext): number {
  return inFlight * CALLS_PER_LEASE;
}

/** The moment from which others may take up what is taken up now. */
export function leaseFrom(now: Date): Date {
  return new Date(now.getTime() + LEASE_MS);
}

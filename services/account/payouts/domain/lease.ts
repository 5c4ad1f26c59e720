const LEASE_MS = 60_000;
/** One after the other, these end within the lease, also when each runs into its deadline. */
const CALLS_PER_LEASE = 4;

/** Rows written by one statement. */
export const BATCH = 128;

/** How many rows to claim at once: no more than so many lanes work off before the lease ends. */
export function claimSize(inFlight: number): number {
  return inFlight * CALLS_PER_LEASE;
}

/** The moment from which others may claim what is claimed now. */
export function leaseFrom(now: Date): Date {
  return new Date(now.getTime() + LEASE_MS);
}

const LEASE_MS = 60_000;
/** One after the other, these end within the lease, also when each runs into its deadline. */
const CALLS_PER_LEASE = 4;
/** Over the deadline of a call: recording what it came to takes a moment. */
const RECORDING_MS = 1_000;

/** How many rows to claim at once: no more than so many lanes work off before the lease ends. */
export function claimSize(inFlight: number): number {
  return inFlight * CALLS_PER_LEASE;
}

/** The moment from which others may claim the batch of `claimSize` rows that is claimed now. */
export function leaseOfBatch(now: Date): Date {
  return new Date(now.getTime() + LEASE_MS);
}

/** The moment from which others may claim a row whose call, of `callMs` at most, begins now. */
export function leaseOfCall(now: Date, callMs: number): Date {
  return new Date(now.getTime() + callMs + RECORDING_MS);
}

const LEASE_MS = 60_000;
/** Calls that fit into the lease one after another, even when each runs into its timeout. */
const CALLS_PER_LEASE = 4;
/** Time for recording the result after a call's timeout. */
const RECORDING_MS = 1_000;

/** Returns the number of rows to claim: as many as the lanes can process before the lease ends. */
export function claimSize(inFlight: number): number {
  return inFlight * CALLS_PER_LEASE;
}

/** Returns the end of the lease of a batch of `claimSize` rows claimed now. */
export function leaseOfBatch(now: Date): Date {
  return new Date(now.getTime() + LEASE_MS);
}

/** Returns the end of the lease of a row whose call begins now; `callMs` is the call's timeout. */
export function leaseOfCall(now: Date, callMs: number): Date {
  return new Date(now.getTime() + callMs + RECORDING_MS);
}

const PATIENCE_MS = 24 * 3_600_000;

/** Returns whether retries have lasted a day: then a person has to take over. */
export function isHopeless(triedMs: number): boolean {
  return triedMs >= PATIENCE_MS;
}

const SHORTEST_DELAY_MS = 2_000;
const LONGEST_DELAY_MS = 300_000;

/**
 * Returns the delay before the next retry, in ms: as long as retries have lasted (`triedMs`), so
 * that delays double (exponential backoff), from 2 s up to `longestMs`.
 */
export function delayAfter(triedMs: number, longestMs = LONGEST_DELAY_MS): number {
  return Math.min(Math.max(triedMs, SHORTEST_DELAY_MS), longestMs);
}

/**
 * Exponential backoff: by the number of tries where it is recorded (`doubledDelay`), by the time
 * since the first try where only that is recorded (`asLongAgain`).
 */

/** The first delay and the longest, in the same unit. */
export interface DelayRange {
  first: number;
  longest: number;
}

/** Returns the delay after so many tries, from 1: doubled each time, up to the longest. */
export function doubledDelay(tries: number, { first, longest }: DelayRange): number {
  return Math.min(first * 2 ** (tries - 1), longest);
}

const SHORTEST_REST_MS = 2_000;
const LONGEST_REST_MS = 300_000;

/**
 * Returns the delay before the next retry, in ms: as long as retries have lasted (`triedMs`), so
 * that delays double, from 2 s up to `longestMs` (5 min).
 */
export function asLongAgain(triedMs: number, longestMs = LONGEST_REST_MS): number {
  return Math.min(Math.max(triedMs, SHORTEST_REST_MS), longestMs);
}

const PATIENCE_MS = 24 * 3_600_000;

/** Returns whether retries have lasted a day: then a person has to take over. */
export function isHopeless(triedMs: number): boolean {
  return triedMs >= PATIENCE_MS;
}

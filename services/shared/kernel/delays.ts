const PATIENCE_MS = 24 * 3_600_000;

/** True once something has been tried for a day: then a person has to look at it. */
export function isHopeless(triedMs: number): boolean {
  return triedMs >= PATIENCE_MS;
}

const SHORTEST_DELAY_MS = 2_000;
const LONGEST_DELAY_MS = 300_000;

/**
 * How long to wait before the next try of something that has been tried for `triedMs`: as long
 * again as it took so far, so the delay doubles, within 2 s and 5 min (or `longestMs`).
 */
export function delayAfter(triedMs: number, longestMs = LONGEST_DELAY_MS): number {
  return Math.min(Math.max(triedMs, SHORTEST_DELAY_MS), longestMs);
}

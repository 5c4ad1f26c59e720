import { doubledDelay } from '../../shared/kernel/delays';

/** Wrong attempts in a row after which further attempts are delayed. */
export const FREE_ATTEMPTS = 5;
const DELAY_SECONDS = { first: 5, longest: 900 };

/** Retention of a counter after its last wrong attempt, in seconds. */
export const FORGOTTEN_AFTER_SECONDS = 86_400;

/**
 * Minimum time between two clearings of an address's counter by one person's right logins: somebody
 * with an account could else guess others' beak shapes between own logins.
 */
export const ROW_BROKEN_EVERY_SECONDS = 3_600;

/** Maximum number of counters that strangers can create; the oldest beyond are deleted. */
export const MAX_STRANGERS_COUNTERS = 100_000;

/** Returns the delay in seconds after so many wrong attempts in a row: exponential backoff. */
export function waitAfter(wrongInARow: number): number {
  if (wrongInARow < FREE_ATTEMPTS) return 0;
  return doubledDelay(wrongInARow - FREE_ATTEMPTS + 1, DELAY_SECONDS);
}

/** Returns the delays after 1, 2, 3 … wrong attempts; the last one is for all that follow. */
export function delays(): number[] {
  const list: number[] = [];
  while (list.at(-1) !== DELAY_SECONDS.longest) list.push(waitAfter(list.length + 1));
  return list;
}

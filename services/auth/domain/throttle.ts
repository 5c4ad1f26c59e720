import { doubledDelay } from '../../shared/kernel/delays';

/** Wrong attempts in a row that cost nothing; from this one on the next has to wait. */
export const FREE_ATTEMPTS = 5;
const DELAY_SECONDS = { first: 5, longest: 900 };

/** Wrong attempts are forgotten this long after the last one. */
export const FORGOTTEN_AFTER_SECONDS = 86_400;

/**
 * A person's right logins end the row of wrong attempts of an address this often at most:
 * somebody with an account of their own could else guess others' beak shapes between two logins.
 */
export const ROW_BROKEN_EVERY_SECONDS = 3_600;

/** Counters of unknown logins and of addresses kept at most; the oldest beyond are forgotten. */
export const MAX_STRANGERS_COUNTERS = 100_000;

/** Seconds to wait after so many wrong attempts in a row: none for the first few, then doubling. */
export function waitAfter(wrongInARow: number): number {
  if (wrongInARow < FREE_ATTEMPTS) return 0;
  return doubledDelay(wrongInARow - FREE_ATTEMPTS + 1, DELAY_SECONDS);
}

/** The delays after 1, 2, 3 … wrong attempts; the last one holds for all that follow. */
export function delays(): number[] {
  const list: number[] = [];
  while (list.at(-1) !== DELAY_SECONDS.longest) list.push(waitAfter(list.length + 1));
  return list;
}

import { doubledDelay } from '../../shared/kernel/delays';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** Account opens an account in a second; only when something is wrong do we ask again. */
const ASK_AGAIN_MS = { first: MINUTE_MS, longest: HOUR_MS };

/** A registration without credentials is given up after this long. */
export const GIVEN_UP_AFTER_MS = 24 * HOUR_MS;

const DAY_MS = 24 * HOUR_MS;

/** Who signed up and was let in by nobody for this long is given up too. */
export const APPROVAL_GIVEN_UP_AFTER_MS = 30 * DAY_MS;

/**
 * When Account shall be asked again to open an account: a minute after it was asked the first
 * time, then after twice as long each time, at most an hour.
 */
export function nextAccountAskAt(askedAt: Date, timesAsked: number): Date {
  return new Date(askedAt.getTime() + doubledDelay(timesAsked, ASK_AGAIN_MS));
}

import { doubledDelay } from '../../shared/kernel/delays';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** Backoff between repeated events to Account, which normally opens an account within a second. */
const ASK_AGAIN_MS = { first: MINUTE_MS, longest: HOUR_MS };

/** Time after which a registration without credentials is given up. */
export const GIVEN_UP_AFTER_MS = 24 * HOUR_MS;

const DAY_MS = 24 * HOUR_MS;

/** Time after which a sign-up without approval is given up. */
export const APPROVAL_GIVEN_UP_AFTER_MS = 30 * DAY_MS;

/**
 * Returns when Account is asked again to open an account: after a minute, then after twice as long
 * each time, at most an hour.
 */
export function nextAccountAskAt(askedAt: Date, timesAsked: number): Date {
  return new Date(askedAt.getTime() + doubledDelay(timesAsked, ASK_AGAIN_MS));
}

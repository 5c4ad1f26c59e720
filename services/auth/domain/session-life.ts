const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** An access token is believed by itself for so long, whatever happens to its session. */
export const ACCESS_TOKEN_MS = 5 * MINUTE_MS;
/** A session that is not used for so long is over. */
export const IDLE_MS = 7 * DAY_MS;
/** However it is used, a person logs in anew after so long. */
export const LONGEST_MS = 30 * DAY_MS;
/** A person's sessions alive at once; one more ends the oldest. */
export const MAX_SESSIONS = 20;

/** A device with which nobody was let in for so long is a stranger's again. */
export const DEVICE_MS = 180 * DAY_MS;
/** Devices of one person that are remembered; one more forgets the one used longest ago. */
export const MAX_DEVICES = 10;

/**
 * So long after its use a refresh token may come again and gets the same successor, if nobody has
 * used that: whoever lost the answer, and another replica of the gateway while the one that has the
 * answer can't write it down, which it tries for as long as the access token beside it lasts.
 */
const REPEAT_MS = ACCESS_TOKEN_MS;

/** Whether a token used at `usedAt` may be exchanged again for the same successor. */
export function mayRepeatExchange(usedAt: Date, now: Date): boolean {
  return now.getTime() - usedAt.getTime() <= REPEAT_MS;
}

/** When a session that was begun and last used at these moments is over. */
export function sessionExpiry(createdAt: Date, lastUsedAt: Date): Date {
  return new Date(Math.min(createdAt.getTime() + LONGEST_MS, lastUsedAt.getTime() + IDLE_MS));
}

/** Until when a device is remembered that somebody was let in with at this moment. */
export function deviceExpiry(lastUsedAt: Date): Date {
  return new Date(lastUsedAt.getTime() + DEVICE_MS);
}

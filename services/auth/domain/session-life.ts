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

/** When a session that was begun and last used at these moments is over. */
export function sessionExpiry(createdAt: Date, lastUsedAt: Date): Date {
  return new Date(Math.min(createdAt.getTime() + LONGEST_MS, lastUsedAt.getTime() + IDLE_MS));
}

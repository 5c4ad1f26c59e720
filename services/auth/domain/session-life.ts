const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** Lifetime of an access token, also when its session ends: only `fresh` routes ask. */
export const ACCESS_TOKEN_MS = 5 * MINUTE_MS;
/** Idle timeout of a session. */
export const IDLE_MS = 7 * DAY_MS;
/** Maximum lifetime of a session, however active. */
export const LONGEST_MS = 30 * DAY_MS;
/** Maximum number of living sessions of a person; one more ends the oldest. */
export const MAX_SESSIONS = 20;

/** Time after its last login for which a device stays known. */
export const DEVICE_MS = 180 * DAY_MS;
/** Maximum number of known devices of a person; evicts the least recently used one. */
export const MAX_DEVICES = 10;

/**
 * Time after its use for which a refresh token returns the same successor, while that is unused: a
 * client lost the answer, or a gateway replica can't store it, which it retries until the access
 * token beside it expires, and another replica repeats the exchange.
 */
const REPEAT_MS = ACCESS_TOKEN_MS;

/** Returns whether a token used at `usedAt` may be exchanged again for the same successor. */
export function mayRepeatExchange(usedAt: Date, now: Date): boolean {
  return now.getTime() - usedAt.getTime() <= REPEAT_MS;
}

/** Returns when a session expires: by the idle timeout or by its maximum lifetime. */
export function sessionExpiry(createdAt: Date, lastUsedAt: Date): Date {
  return new Date(Math.min(createdAt.getTime() + LONGEST_MS, lastUsedAt.getTime() + IDLE_MS));
}

/** Returns when a device with this last login expires. */
export function deviceExpiry(lastUsedAt: Date): Date {
  return new Date(lastUsedAt.getTime() + DEVICE_MS);
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** A key signs for so long before the next one takes over. */
export const KEY_LIFE_MS = 30 * DAY_MS;
/** A new key is published so long before it signs: services read keys anew in the meantime. */
export const PUBLISHED_BEFORE_MS = HOUR_MS;
/** An old key stays published so long after its last token, which lives for five minutes. */
export const PUBLISHED_AFTER_MS = 15 * MINUTE_MS;

/** When the next key shall begin to sign, or null while the newest one is young enough. */
export function nextKeySignsFrom(newestSignsFrom: Date | null, now: Date): Date | null {
  if (newestSignsFrom === null) return now;
  if (newestSignsFrom.getTime() + KEY_LIFE_MS - PUBLISHED_BEFORE_MS > now.getTime()) return null;
  return new Date(now.getTime() + PUBLISHED_BEFORE_MS);
}

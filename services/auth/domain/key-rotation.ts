const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** Time for which a key signs before the next one takes over. */
export const KEY_LIFE_MS = 30 * DAY_MS;
/** Time from a key's publication to its first signature: services fetch keys meanwhile. */
export const PUBLISHED_BEFORE_MS = HOUR_MS;
/** Time from a key's last signature to its removal; its tokens live for five minutes. */
export const PUBLISHED_AFTER_MS = 15 * MINUTE_MS;

/** Returns when the next key begins to sign, or null while no new key is due. */
export function nextKeySignsFrom(newestSignsFrom: Date | null, now: Date): Date | null {
  if (newestSignsFrom === null) return now;
  if (newestSignsFrom.getTime() + KEY_LIFE_MS - PUBLISHED_BEFORE_MS > now.getTime()) return null;
  return new Date(now.getTime() + PUBLISHED_BEFORE_MS);
}

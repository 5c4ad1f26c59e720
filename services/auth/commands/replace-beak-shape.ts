import { query } from '../../shared/db/data-source';
import { forbidden } from '../../shared/kernel/errors';
import type { AuthContext } from '../context';
import { counterOf } from '../crypto/attempt-counter';
import { readCredentials } from '../queries/credentials';
import { endSessionsOf } from '../steps/end-sessions';
import { forgetDevicesOf } from '../steps/remember-device';
import { forgetCounter } from '../steps/throttle-attempts';
import { isRightShape } from './check-beak-shape';

/** Compare and set by the time of the change: a renewed hash is of the same beak shape. */
const REPLACE = `
INSERT INTO credentials (user_id, beak_shape_hash, prepared_hash, changed_at)
VALUES ($1, $2, $2, $3)
ON CONFLICT (user_id) DO UPDATE SET beak_shape_hash = EXCLUDED.beak_shape_hash,
  prepared_hash = EXCLUDED.prepared_hash, changed_at = EXCLUDED.changed_at
WHERE $4::timestamptz IS NULL OR date_trunc('milliseconds', credentials.changed_at) = $4
RETURNING user_id`;

/** New beak shape of a user. */
export interface Replacement {
  userId: string;
  beakShape: string;
  /** Current beak shape; null when somebody with `users.manage` sets a new one, also the first. */
  current: string | null;
}

/**
 * Replaces a beak shape, ends all sessions, forgets all devices and clears the counters: who knew
 * the old shape is logged out. Throws 400 for a text that is no secret (RFC 8265), 403
 * `wrong-beak-shape` when `current` is wrong, 429 `too-many-attempts`. Replacements have a counter
 * apart from logins, so strangers can't block them.
 */
export async function replaceBeakShape(
  context: AuthContext,
  { userId, beakShape, current }: Replacement,
): Promise<void> {
  const { database, hasher, clock } = context;
  const kept = current === null ? null : await readCredentials(database, userId);
  if (current !== null) {
    const attempt = { who: counterOf('replacement', userId), address: null };
    if (!(await isRightShape(context, attempt, kept, current))) throw wrongShape();
  }
  const hash = await hasher.hash(beakShape);
  const now = clock();
  await database.transaction(async (tx) => {
    // The checked shape may have been replaced meanwhile, by somebody who locks a thief out.
    const replaced = await query(tx, REPLACE, [userId, hash, now, kept?.changedAt ?? null]);
    if (replaced.length === 0) throw wrongShape();
    await endSessionsOf(tx, [userId], 'beak-shape-changed', now);
    await forgetDevicesOf(tx, userId);
    await forgetCounter(tx, counterOf('user', userId));
    await forgetCounter(tx, counterOf('replacement', userId));
  });
}

function wrongShape(): Error {
  return forbidden('The current beak shape is another one', 'wrong-beak-shape');
}

import { query } from '../../shared/db/data-source';
import { forbidden } from '../../shared/kernel/errors';
import type { AuthContext } from '../context';
import { counterOf } from '../crypto/attempt-counter';
import { readCredentials } from '../queries/credentials';
import { endSessionsOf } from '../steps/end-sessions';
import { forgetDevicesOf } from '../steps/remember-device';
import { forgetCounter } from '../steps/throttle-attempts';
import { isRightShape } from './check-beak-shape';

/** The moment of the change tells beak shapes apart: a renewed hash is of the same one. */
const REPLACE = `
INSERT INTO credentials (user_id, beak_shape_hash, prepared_hash, changed_at)
VALUES ($1, $2, $2, $3)
ON CONFLICT (user_id) DO UPDATE SET beak_shape_hash = EXCLUDED.beak_shape_hash,
  prepared_hash = EXCLUDED.prepared_hash, changed_at = EXCLUDED.changed_at
WHERE $4::timestamptz IS NULL OR date_trunc('milliseconds', credentials.changed_at) = $4
RETURNING user_id`;

/** A new beak shape for a user, with the old one when they do it themselves. */
export interface Replacement {
  userId: string;
  beakShape: string;
  /** Null when somebody who manages users does it, who may also set the first one. */
  current: string | null;
}

/**
 * Replaces a beak shape, ends all sessions and forgets all devices: whoever knew the old one is
 * out. Wrong attempts before it are forgotten. Throws 403 when `current` is wrong, 429 when that
 * was tried too often; this is counted apart from logins, so that strangers can't prevent it.
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
    // The shape that was checked: it may have been replaced since, by somebody locking a thief out.
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

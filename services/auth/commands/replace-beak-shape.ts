import { query } from '../../shared/db/data-source';
import { forbidden } from '../../shared/kernel/errors';
import { readHash } from '../queries/credentials';
import { isRightShape, type Deps } from './check-beak-shape';
import { endSessionsOf } from './end-sessions';
import { attemptKey } from './throttle-attempts';

/** Who asks: these attempts are counted apart from logins. */
const REPLACEMENT = 'replacement';

const REPLACE = `
INSERT INTO credentials (user_id, beak_shape_hash, changed_at) VALUES ($1, $2, $3)
ON CONFLICT (user_id) DO UPDATE
SET beak_shape_hash = EXCLUDED.beak_shape_hash, changed_at = EXCLUDED.changed_at
WHERE $4::text IS NULL OR credentials.beak_shape_hash = $4
RETURNING user_id`;

/** A new beak shape for a user, with the old one when they do it themselves. */
export interface Replacement {
  userId: string;
  beakShape: string;
  /** Null when somebody who manages users does it, who may also set the first one. */
  current: string | null;
}

/**
 * Replaces a beak shape and ends all sessions: whoever knew the old one is out. Throws 403 when
 * `current` is wrong, 429 when that was tried too often.
 */
export async function replaceBeakShape(
  deps: Deps,
  { userId, beakShape, current }: Replacement,
): Promise<void> {
  const { database, hasher, clock } = deps;
  const kept = current === null ? null : await readHash(database, userId);
  if (current !== null) {
    const key = attemptKey(userId, REPLACEMENT);
    if (!(await isRightShape(deps, key, kept, current))) throw wrongShape();
  }
  const hash = await hasher.hash(beakShape);
  const now = clock();
  await database.transaction(async (tx) => {
    // The shape that was checked: it may have been replaced since, by somebody locking a thief out.
    const replaced = await query(tx, REPLACE, [userId, hash, now, kept]);
    if (replaced.length === 0) throw wrongShape();
    await endSessionsOf(tx, [userId], 'beak-shape-changed', now);
  });
}

function wrongShape(): Error {
  return forbidden('The current beak shape is another one', 'wrong-beak-shape');
}

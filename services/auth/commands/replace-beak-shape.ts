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
SET beak_shape_hash = EXCLUDED.beak_shape_hash, changed_at = EXCLUDED.changed_at`;

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
  if (current !== null) {
    const kept = await readHash(database, userId);
    const key = attemptKey(userId, REPLACEMENT);
    if (!(await isRightShape(deps, key, kept, current))) {
      throw forbidden('The current beak shape is another one', 'wrong-beak-shape');
    }
  }
  const hash = await hasher.hash(beakShape);
  const now = clock();
  await database.transaction(async (tx) => {
    await query(tx, REPLACE, [userId, hash, now]);
    await endSessionsOf(tx, [userId], 'beak-shape-changed', now);
  });
}

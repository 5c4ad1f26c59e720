import { query } from '../../shared/db/data-source';
import { readHash } from '../queries/credentials';
import { isRightShape, type Deps } from './check-beak-shape';
import { attemptKey } from './throttle-attempts';

/** Who asks: these attempts are counted apart from logins. */
const CREATION = 'creation';

const CREATE = `
INSERT INTO credentials (user_id, beak_shape_hash, changed_at) VALUES ($1, $2, $3)
ON CONFLICT DO NOTHING RETURNING user_id`;

/**
 * Keeps the first beak shape of a user and never replaces one. `matches` tells a repeat from
 * somebody who tries another shape on an id that is taken; trying is throttled like logins.
 */
export async function createCredentials(
  deps: Deps,
  userId: string,
  beakShape: string,
): Promise<{ created: boolean; matches: boolean }> {
  const { database, hasher, clock } = deps;
  if ((await readHash(database, userId)) === null) {
    const hash = await hasher.hash(beakShape);
    const created = await query(database, CREATE, [userId, hash, clock()]);
    if (created.length > 0) return { created: true, matches: true };
  }
  const kept = await readHash(database, userId);
  const matches = await isRightShape(deps, attemptKey(userId, CREATION), kept, beakShape);
  return { created: false, matches };
}

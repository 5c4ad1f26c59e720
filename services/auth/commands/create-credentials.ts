import { query } from '../../shared/db/data-source';
import type { AuthContext } from '../context';
import { counterOf } from '../crypto/attempt-counter';
import { readCredentials } from '../queries/credentials';
import { isRightShape } from './check-beak-shape';

const CREATE = `
INSERT INTO credentials (user_id, beak_shape_hash, prepared_hash, changed_at)
VALUES ($1, $2, $2, $3)
ON CONFLICT DO NOTHING RETURNING user_id`;

/**
 * Stores the first beak shape of a user and never replaces one. `matches` is false for another
 * shape than the stored one; such attempts count like logins. Throws 400 for a text that is no
 * secret (RFC 8265), 429 `too-many-attempts`.
 */
export async function createCredentials(
  context: AuthContext,
  userId: string,
  beakShape: string,
): Promise<{ created: boolean; matches: boolean }> {
  const { database, hasher, clock } = context;
  if ((await readCredentials(database, userId)) === null) {
    const hash = await hasher.hash(beakShape);
    const created = await query(database, CREATE, [userId, hash, clock()]);
    if (created.length > 0) return { created: true, matches: true };
  }
  const kept = await readCredentials(database, userId);
  const attempt = { who: counterOf('user', userId), address: null };
  const matches = await isRightShape(context, attempt, kept, beakShape);
  return { created: false, matches };
}

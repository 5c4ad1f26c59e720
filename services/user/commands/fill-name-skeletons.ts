import { query } from '../../shared/db/data-source';
import type { UserContext } from '../context';
import { skeletonsOf } from '../domain/name-skeleton';

const BATCH = 500;

const WITHOUT = `
SELECT id, nickname FROM users WHERE nickname_skeletons IS NULL ORDER BY id LIMIT ${BATCH}`;

/** Compare and set: no row is updated when the nickname changed after the read. */
const FILL = `
UPDATE users SET nickname_skeletons =
  ARRAY(SELECT jsonb_array_elements_text(row.skeletons))
FROM jsonb_to_recordset($1::jsonb) AS row (id uuid, nickname text, skeletons jsonb)
WHERE users.id = row.id AND users.nickname = row.nickname`;

/**
 * Computes the missing skeletons of nicknames that a previous version wrote, in batches. Returns
 * how many nicknames had none.
 */
export async function fillNameSkeletons({ database }: UserContext): Promise<number> {
  let filled = 0;
  for (;;) {
    const users = await query<{ id: string; nickname: string }>(database, WITHOUT);
    const rows = users.map((user) => ({ ...user, skeletons: skeletonsOf(user.nickname) }));
    await query(database, FILL, [JSON.stringify(rows)]);
    filled += users.length;
    if (users.length < BATCH) return filled;
  }
}

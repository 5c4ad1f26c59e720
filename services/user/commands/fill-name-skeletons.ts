import { query } from '../../shared/db/data-source';
import type { UserContext } from '../context';
import { skeletonsOf } from '../domain/name-skeleton';

const BATCH = 500;

const WITHOUT = `
SELECT id, nickname FROM users WHERE nickname_skeletons IS NULL ORDER BY id LIMIT ${BATCH}`;

/** Unless the name changed meanwhile: then the next batch has it. */
const FILL = `
UPDATE users SET nickname_skeletons =
  ARRAY(SELECT jsonb_array_elements_text(row.skeletons))
FROM jsonb_to_recordset($1::jsonb) AS row (id uuid, nickname text, skeletons jsonb)
WHERE users.id = row.id AND users.nickname = row.nickname`;

/**
 * Computes what the names of those look like whom an older version registered, a batch at a time.
 * Returns how many there were.
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

import { query, type Database, type Tx } from '../../shared/db/data-source';

const READ = `SELECT beak_shape_hash FROM credentials WHERE user_id = $1`;

/** The hash of a user's beak shape, or null while they have none. */
export async function readHash(database: Database | Tx, userId: string): Promise<string | null> {
  const [row] = await query<{ beak_shape_hash: string }>(database, READ, [userId]);
  return row?.beak_shape_hash ?? null;
}

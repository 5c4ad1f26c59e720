import { query, type Database, type Tx } from '../../shared/db/data-source';
import { SCHEME } from '../crypto/beak-shape-hasher';

/** Credentials of a user: the hash of the beak shape. */
export interface Credentials {
  userId: string;
  hash: string;
  /** One of `SCHEME`. */
  scheme: number;
  /** Time when the beak shape was set; a renewed hash does not change this. */
  changedAt: Date;
}

const READ = `
SELECT user_id, beak_shape_hash, changed_at,
  CASE prepared_hash WHEN beak_shape_hash THEN ${SCHEME.prepared} ELSE ${SCHEME.raw} END AS scheme
FROM credentials WHERE user_id = $1`;

interface Row {
  user_id: string;
  beak_shape_hash: string;
  scheme: number;
  changed_at: Date;
}

/** Returns the credentials of a user; null when the user has none and for `userId` null. */
export async function readCredentials(
  database: Database | Tx,
  userId: string | null,
): Promise<Credentials | null> {
  const [row] = await query<Row>(database, READ, [userId]);
  if (!row) return null;
  const { user_id, beak_shape_hash, scheme, changed_at } = row;
  return { userId: user_id, hash: beak_shape_hash, scheme, changedAt: changed_at };
}

import { query, type Database } from '../../shared/db/data-source';
import { hashOfMark } from '../crypto/device-mark';

const KNOWN_TO_USER = `
SELECT FROM devices WHERE mark_hash = $1 AND user_id = $2 AND expires_at > $3`;

/** Returns whether the person logged in with this device before; false for `userId` null. */
export async function isKnownDevice(
  database: Database,
  mark: string,
  userId: string | null,
  now: Date,
): Promise<boolean> {
  return (await query(database, KNOWN_TO_USER, [hashOfMark(mark), userId, now])).length > 0;
}

import { query, type Database } from '../../shared/db/data-source';
import { hashOfMark } from '../crypto/device-mark';

const KNOWN_TO_USER = `
SELECT FROM devices WHERE mark_hash = $1 AND user_id = $2 AND expires_at > $3`;

/** Whether this person was let in with this device before; `userId` is null for nobody. */
export async function isKnownDevice(
  database: Database,
  mark: string,
  userId: string | null,
  now: Date,
): Promise<boolean> {
  return (await query(database, KNOWN_TO_USER, [hashOfMark(mark), userId, now])).length > 0;
}

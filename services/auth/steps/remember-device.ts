import { query, type Tx } from '../../shared/db/data-source';
import { hashOfMark, newMark } from '../crypto/device-mark';
import { MAX_DEVICES, deviceExpiry } from '../domain/session-life';

const KNOWN_TO_ANYBODY = `SELECT FROM devices WHERE mark_hash = $1 AND expires_at > $2 LIMIT 1`;

const REMEMBER = `
INSERT INTO devices (mark_hash, user_id, last_used_at, expires_at) VALUES ($1, $2, $3, $4)
ON CONFLICT (mark_hash, user_id) DO UPDATE
SET last_used_at = EXCLUDED.last_used_at, expires_at = EXCLUDED.expires_at`;

const FORGET_OLDEST = `
DELETE FROM devices WHERE user_id = $1 AND mark_hash IN (
  SELECT mark_hash FROM devices WHERE user_id = $1
  ORDER BY last_used_at DESC, mark_hash OFFSET ${MAX_DEVICES})`;

const FORGET_ALL = `DELETE FROM devices WHERE user_id = $1`;

/**
 * Records a login with a device and returns the device's mark: the one shown, if Auth issued it (to
 * anybody: people share browsers), else a new one. The caller must hold the lock on the user's row:
 * beyond `MAX_DEVICES` the least recently used devices are evicted.
 */
export async function rememberDevice(
  tx: Tx,
  userId: string,
  shown: string | null,
  now: Date,
): Promise<string> {
  const isOurs =
    shown !== null && (await query(tx, KNOWN_TO_ANYBODY, [hashOfMark(shown), now])).length > 0;
  const mark = isOurs ? shown : newMark();
  await query(tx, REMEMBER, [hashOfMark(mark), userId, now, deviceExpiry(now)]);
  await query(tx, FORGET_OLDEST, [userId]);
  return mark;
}

/** Forgets all devices of a person. */
export async function forgetDevicesOf(tx: Tx, userId: string): Promise<void> {
  await query(tx, FORGET_ALL, [userId]);
}

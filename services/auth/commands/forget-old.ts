import { BATCH, deleteInBatches } from '../../shared/db/delete-in-batches';
import { everyStep } from '../../shared/kernel/every-step';
import type { AuthContext } from '../context';
import { FORGOTTEN_AFTER_SECONDS, MAX_STRANGERS_COUNTERS } from '../domain/throttle';

const ATTEMPTS = `
DELETE FROM login_attempts WHERE key IN (
  SELECT key FROM login_attempts
  WHERE last_at < $1::timestamptz - interval '${FORGOTTEN_AFTER_SECONDS} s' LIMIT ${BATCH})
RETURNING 1`;

/** Of people and devices there are no more counters than people and devices. */
const TOO_MANY_ATTEMPTS = `
DELETE FROM login_attempts WHERE key IN (
  SELECT key FROM login_attempts WHERE kind IN ('login', 'address', 'row-broken')
  ORDER BY last_at DESC OFFSET $1 LIMIT ${BATCH})
RETURNING 1`;

const DEVICES = `
DELETE FROM devices WHERE (mark_hash, user_id) IN (
  SELECT mark_hash, user_id FROM devices WHERE expires_at < $1 LIMIT ${BATCH})
RETURNING 1`;

/** Kept a while for those who ask what happened; tokens that nobody ended go with their session. */
const SESSIONS = `
DELETE FROM sessions WHERE id IN (
  SELECT id FROM sessions WHERE expires_at < $1::timestamptz - interval '30 days' LIMIT ${BATCH})
RETURNING 1`;

/**
 * Deletes what is over at that moment: counters of wrong attempts that nobody touched for a day,
 * the oldest of strangers beyond `maxStrangers`, devices, sessions. A statement that fails does not
 * keep the others from running.
 */
export async function forgetOld(
  { database }: AuthContext,
  now: Date,
  maxStrangers: number = MAX_STRANGERS_COUNTERS,
): Promise<void> {
  await everyStep([
    () => deleteInBatches(database, ATTEMPTS, [now]),
    () => deleteInBatches(database, TOO_MANY_ATTEMPTS, [maxStrangers]),
    () => deleteInBatches(database, DEVICES, [now]),
    () => deleteInBatches(database, SESSIONS, [now]),
  ]);
}

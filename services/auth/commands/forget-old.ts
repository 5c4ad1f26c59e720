import { BATCH, deleteInBatches } from '../../shared/db/delete-in-batches';
import { everyStep } from '../../shared/kernel/every-step';
import type { AuthContext } from '../context';
import { FORGOTTEN_AFTER_SECONDS, MAX_STRANGERS_COUNTERS } from '../domain/throttle';

const ATTEMPTS = `
DELETE FROM login_attempts WHERE key IN (
  SELECT key FROM login_attempts
  WHERE last_at < $1::timestamptz - interval '${FORGOTTEN_AFTER_SECONDS} s' LIMIT ${BATCH})
RETURNING 1`;

/** Only counters that strangers can create; the others are as few as people and devices. */
const TOO_MANY_ATTEMPTS = `
DELETE FROM login_attempts WHERE key IN (
  SELECT key FROM login_attempts WHERE kind IN ('login', 'address', 'row-broken')
  ORDER BY last_at DESC OFFSET $1 LIMIT ${BATCH})
RETURNING 1`;

const DEVICES = `
DELETE FROM devices WHERE (mark_hash, user_id) IN (
  SELECT mark_hash, user_id FROM devices WHERE expires_at < $1 LIMIT ${BATCH})
RETURNING 1`;

/** Retention of 30 days for investigations; refresh tokens are deleted with their session. */
const SESSIONS = `
DELETE FROM sessions WHERE id IN (
  SELECT id FROM sessions WHERE expires_at < $1::timestamptz - interval '30 days' LIMIT ${BATCH})
RETURNING 1`;

/**
 * Deletes expired rows: counters a day after the last wrong attempt, the oldest strangers' counters
 * beyond `maxStrangers`, devices, sessions. A failed statement does not stop the others.
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

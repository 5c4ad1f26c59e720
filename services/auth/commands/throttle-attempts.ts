import { createHash } from 'node:crypto';
import { query, type Database } from '../../shared/db/data-source';
import { Problem } from '../../shared/kernel/errors';
import { FORGOTTEN_AFTER_SECONDS, delays } from '../domain/throttle';

const TOO_MANY = 429;
const MS_PER_SECOND = 1_000;

/** Whose attempts are counted together: a login, and where it is tried from. */
export type AttemptKey = Buffer;

/** The key of a login tried from an address. */
export function attemptKey(login: string, address: string): AttemptKey {
  return createHash('sha256')
    .update(JSON.stringify([login, address]))
    .digest();
}

/**
 * Counts one more unless they are blocked: then no row comes back. Attempts at once don't arrive
 * in the order of their clocks, so one is never too early for an unblocked one before it.
 */
const COUNT = `
INSERT INTO login_attempts AS seen (key, wrong_count, blocked_until, last_at)
VALUES ($1, 1, $2::timestamptz + make_interval(secs => ($3::integer[])[1]), $2)
ON CONFLICT (key) DO UPDATE SET
  wrong_count = seen.wrong_count + 1,
  blocked_until = $2::timestamptz + make_interval(
    secs => ($3::integer[])[least(seen.wrong_count + 1, cardinality($3::integer[]))]),
  last_at = $2
WHERE seen.blocked_until <= greatest($2, seen.last_at)
RETURNING key`;

const BLOCKED_UNTIL = `SELECT blocked_until FROM login_attempts WHERE key = $1`;
const FORGET = `DELETE FROM login_attempts WHERE key = $1`;

/** The block goes with the attempt: the one before had passed, or this one had been refused. */
const TAKE_BACK = `
UPDATE login_attempts SET wrong_count = greatest(wrong_count - 1, 0), blocked_until = last_at
WHERE key = $1`;

const FORGET_OLD = `
DELETE FROM login_attempts WHERE last_at < $1::timestamptz - make_interval(secs => $2)`;

/**
 * Counts an attempt as wrong before it is looked at, so that many at once count as many; forget
 * it when it was right. Throws `Problem` 429 while too many wrong ones in a row block the key.
 */
export async function countAttempt(database: Database, key: AttemptKey, now: Date): Promise<void> {
  const counted = await query(database, COUNT, [key, now, delays()]);
  if (counted.length > 0) return;
  const [row] = await query<{ blocked_until: Date }>(database, BLOCKED_UNTIL, [key]);
  const waitMs = (row?.blocked_until ?? now).getTime() - now.getTime();
  throw new Problem(TOO_MANY, 'too-many-attempts', 'Too many wrong attempts: wait a little', {
    retryAfterSeconds: Math.max(1, Math.ceil(waitMs / MS_PER_SECOND)),
  });
}

/** A right attempt wipes the wrong ones before it. */
export async function forgetAttempts(database: Database, key: AttemptKey): Promise<void> {
  await query(database, FORGET, [key]);
}

/** Takes an attempt back that could not be looked at. */
export async function takeBackAttempt(database: Database, key: AttemptKey): Promise<void> {
  await query(database, TAKE_BACK, [key]);
}

/** Forgets keys that nobody tried for a day. */
export async function forgetOldAttempts(database: Database, now: Date): Promise<void> {
  await query(database, FORGET_OLD, [now, FORGOTTEN_AFTER_SECONDS]);
}

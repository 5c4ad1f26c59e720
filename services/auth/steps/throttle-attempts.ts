import { createHash } from 'node:crypto';
import { query, type Database, type Tx } from '../../shared/db/data-source';
import { BATCH, deleteInBatches } from '../../shared/db/delete-in-batches';
import { Problem } from '../../shared/kernel/errors';
import {
  FORGOTTEN_AFTER_SECONDS,
  FREE_ATTEMPTS,
  MAX_STRANGERS_COUNTERS,
  ROW_BROKEN_EVERY_SECONDS,
  delays,
} from '../domain/throttle';

const TOO_MANY = 429;
const MS_PER_SECOND = 1_000;

/**
 * What attempts are counted by: the person, whichever login was used and wherever from; a login
 * that is nobody's; the address; a device that the person was let in with before; the person who
 * replaces their own beak shape.
 */
type CounterKind = 'user' | 'login' | 'address' | 'device' | 'replacement' | 'row-broken';

/** Whose wrong attempts are counted together. */
export interface Counter {
  kind: CounterKind;
  /** SHA-256: people type secrets into the wrong field. */
  key: Buffer;
}

/** An attempt: the counter of whoever it is for, and that of where it comes from, if it counts. */
export interface Attempt {
  who: Counter;
  address: Counter | null;
}

/** The counter with this name. */
export function counterOf(kind: CounterKind, ...name: readonly string[]): Counter {
  const key = createHash('sha256')
    .update(JSON.stringify([kind, ...name]))
    .digest();
  return { kind, key };
}

function countersOf({ who, address }: Attempt): Counter[] {
  return address ? [who, address] : [who];
}

const TURN = `SELECT pg_advisory_xact_lock($1)`;

const BLOCKED_UNTIL = `
SELECT max(blocked_until) AS until FROM login_attempts
WHERE key = ANY($1) AND wrong_count >= ${FREE_ATTEMPTS} AND blocked_until > $2`;

/** In the order of keys: two attempts never wait for each other. */
const COUNT = `
INSERT INTO login_attempts AS seen (key, kind, wrong_count, blocked_until, last_at)
SELECT key, kind, 1, $3::timestamptz + make_interval(secs => ($4::integer[])[1]), $3
FROM unnest($1::bytea[], $2::text[]) AS counter (key, kind) ORDER BY key
ON CONFLICT (key) DO UPDATE SET
  wrong_count = seen.wrong_count + 1,
  blocked_until = $3::timestamptz + make_interval(
    secs => ($4::integer[])[least(seen.wrong_count + 1, cardinality($4::integer[]))]),
  last_at = $3`;

const FORGET = `DELETE FROM login_attempts WHERE key = $1`;

/** Nothing is written where no wrong attempts are, which is nearly always. */
const BREAK_ROW = `
WITH allowed AS (
  INSERT INTO login_attempts AS seen (key, kind, wrong_count, blocked_until, last_at)
  SELECT $2, 'row-broken', 0, $3::timestamptz, $3
  WHERE EXISTS (SELECT FROM login_attempts WHERE key = $1)
  ON CONFLICT (key) DO UPDATE SET last_at = $3
  WHERE seen.last_at <= $3::timestamptz - interval '${ROW_BROKEN_EVERY_SECONDS} s'
  RETURNING key)
DELETE FROM login_attempts WHERE key = $1 AND EXISTS (SELECT FROM allowed)`;

const FORGET_OLD = `
DELETE FROM login_attempts WHERE key IN (
  SELECT key FROM login_attempts
  WHERE last_at < $1::timestamptz - interval '${FORGOTTEN_AFTER_SECONDS} s' LIMIT ${BATCH})
RETURNING 1`;

/** Of people and devices there are no more counters than people and devices. */
const FORGET_TOO_MANY = `
DELETE FROM login_attempts WHERE key IN (
  SELECT key FROM login_attempts WHERE kind IN ('login', 'address', 'row-broken')
  ORDER BY last_at DESC OFFSET $1 LIMIT ${BATCH})
RETURNING 1`;

/** Waits until no other attempt with this counter is looked at, on any replica. */
export async function waitForTurn(tx: Tx, { key }: Counter): Promise<void> {
  await query(tx, TURN, [key.readBigInt64BE().toString()]);
}

/** Throws `Problem` 429 while too many wrong attempts in a row block a counter of this one. */
export async function refuseBlocked(
  database: Database | Tx,
  attempt: Attempt,
  now: Date,
): Promise<void> {
  const keys = countersOf(attempt).map(({ key }) => key);
  const [row] = await query<{ until: Date | null }>(database, BLOCKED_UNTIL, [keys, now]);
  if (!row?.until) return;
  const waitMs = row.until.getTime() - now.getTime();
  throw new Problem(TOO_MANY, 'too-many-attempts', 'Too many wrong attempts: wait a little', {
    retryAfterSeconds: Math.max(1, Math.ceil(waitMs / MS_PER_SECOND)),
  });
}

/** Counts a wrong attempt. */
export async function countWrong(tx: Tx, attempt: Attempt, now: Date): Promise<void> {
  const counters = countersOf(attempt);
  const columns = [counters.map(({ key }) => key), counters.map(({ kind }) => kind)];
  await query(tx, COUNT, [...columns, now, delays()]);
}

/** A right attempt ends the row of wrong ones before it. */
export async function endRow(tx: Tx, { who, address }: Attempt, now: Date): Promise<void> {
  await forgetCounter(tx, who);
  if (!address) return;
  const broken = counterOf('row-broken', who.key.toString('hex'), address.key.toString('hex'));
  await query(tx, BREAK_ROW, [address.key, broken.key, now]);
}

/** Forgets the wrong attempts of one counter. */
export async function forgetCounter(tx: Tx, { key }: Counter): Promise<void> {
  await query(tx, FORGET, [key]);
}

/** Forgets counters that nobody touched for a day, and the oldest ones beyond the limit. */
export async function forgetOldAttempts(
  database: Database,
  now: Date,
  maxStrangers: number = MAX_STRANGERS_COUNTERS,
): Promise<void> {
  await deleteInBatches(database, FORGET_OLD, [now]);
  await deleteInBatches(database, FORGET_TOO_MANY, [maxStrangers]);
}

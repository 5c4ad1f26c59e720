import { query, type Database, type Tx } from '../../shared/db/data-source';
import { Problem } from '../../shared/kernel/errors';
import { counterOf, countersOf, type Attempt, type Counter } from '../crypto/attempt-counter';
import { FREE_ATTEMPTS, ROW_BROKEN_EVERY_SECONDS, delays } from '../domain/throttle';

const TOO_MANY = 429;
const MS_PER_SECOND = 1_000;

const TURN = `SELECT pg_advisory_xact_lock($1)`;

const BLOCKED_UNTIL = `
SELECT max(blocked_until) AS until FROM login_attempts
WHERE key = ANY($1) AND wrong_count >= ${FREE_ATTEMPTS} AND blocked_until > $2`;

/** Writes in the order of keys: prevents deadlocks between concurrent attempts. */
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

/** Writes nothing when the address has no counter, which is nearly always. */
const BREAK_ROW = `
WITH allowed AS (
  INSERT INTO login_attempts AS seen (key, kind, wrong_count, blocked_until, last_at)
  SELECT $2, 'row-broken', 0, $3::timestamptz, $3
  WHERE EXISTS (SELECT FROM login_attempts WHERE key = $1)
  ON CONFLICT (key) DO UPDATE SET last_at = $3
  WHERE seen.last_at <= $3::timestamptz - interval '${ROW_BROKEN_EVERY_SECONDS} s'
  RETURNING key)
DELETE FROM login_attempts WHERE key = $1 AND EXISTS (SELECT FROM allowed)`;

/** Takes the counter's advisory lock, which serialises attempts over all replicas. */
export async function waitForTurn(tx: Tx, { key }: Counter): Promise<void> {
  await query(tx, TURN, [key.readBigInt64BE().toString()]);
}

/** Throws 429 `too-many-attempts` while a counter of the attempt is blocked. */
export async function refuseBlocked(tx: Tx | Database, attempt: Attempt, now: Date): Promise<void> {
  const keys = countersOf(attempt).map(({ key }) => key);
  const [row] = await query<{ until: Date | null }>(tx, BLOCKED_UNTIL, [keys, now]);
  if (!row?.until) return;
  const waitMs = row.until.getTime() - now.getTime();
  throw new Problem(TOO_MANY, 'too-many-attempts', 'Too many wrong attempts: wait a little', {
    retryAfterSeconds: Math.max(1, Math.ceil(waitMs / MS_PER_SECOND)),
  });
}

/** Counts a wrong attempt on all its counters and sets their delays. */
export async function countWrong(tx: Tx, attempt: Attempt, now: Date): Promise<void> {
  const counters = countersOf(attempt);
  const columns = [counters.map(({ key }) => key), counters.map(({ kind }) => kind)];
  await query(tx, COUNT, [...columns, now, delays()]);
}

/** Clears the counters of a right attempt, the address's at most once an hour and person. */
export async function endRow(tx: Tx, { who, address }: Attempt, now: Date): Promise<void> {
  await forgetCounter(tx, who);
  if (!address) return;
  const broken = counterOf('row-broken', who.key.toString('hex'), address.key.toString('hex'));
  await query(tx, BREAK_ROW, [address.key, broken.key, now]);
}

/** Clears one counter. */
export async function forgetCounter(tx: Tx, { key }: Counter): Promise<void> {
  await query(tx, FORGET, [key]);
}

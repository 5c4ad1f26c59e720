import type { RangeDigest } from '../contracts/calls/published-events';
import { query, type Database } from '../db/data-source';
import { firstIdAt, timeOfId } from '../kernel/ids';
import { digestsSql, type Span } from './id-digests';

/** Events that the consumer has handled or put aside; one that is both counts once. */
const RECEIVED = `
SELECT event_id AS id FROM inbox WHERE consumer = $1 AND event_id >= $2 AND event_id < $3
UNION ALL
SELECT event_id FROM dead_letters AS letter
WHERE consumer = $1 AND event_id >= $2 AND event_id < $3
  AND NOT EXISTS (SELECT FROM inbox WHERE consumer = $1 AND event_id = letter.event_id)`;

const DIGESTS = digestsSql(RECEIVED, '$4');

/** Returns count and hash of the received events by range of time. */
export async function digestReceived(
  database: Database,
  consumer: string,
  { fromMs, toMs }: Span,
  widthMs: number,
): Promise<RangeDigest[]> {
  return query(database, DIGESTS, [consumer, firstIdAt(fromMs), firstIdAt(toMs), widthMs]);
}

const MISSING = `
SELECT id FROM unnest($2::uuid[]) AS published (id)
WHERE NOT EXISTS (SELECT FROM inbox WHERE consumer = $1 AND event_id = id)
  AND NOT EXISTS (SELECT FROM dead_letters WHERE consumer = $1 AND event_id = id)
ORDER BY id`;

/** Returns those of the ids that the consumer has neither handled nor put aside. */
export async function findUnreceived(
  database: Database,
  consumer: string,
  ids: readonly string[],
): Promise<string[]> {
  const rows = await query<{ id: string }>(database, MISSING, [consumer, ids]);
  return rows.map(({ id }) => id);
}

/** Rows whose times are read: recently received events are among those with the newest ids. */
const NEWEST = 1_000;

/**
 * Ids of the future were not made from a clock, such as those of uuid version 4: as the newest id,
 * one would put everything that is still published before the horizon.
 */
const RECEIVING = `
WITH clock AS MATERIALIZED (
  SELECT clock_timestamp() AS now),
newest AS (
  SELECT event_id, received_at FROM inbox
  WHERE consumer = $1 AND event_id < (SELECT
    rpad(lpad(to_hex((extract(epoch FROM now) * 1000)::bigint), 12, '0'), 32, '0') FROM clock)::uuid
  ORDER BY event_id DESC LIMIT ${NEWEST})
SELECT now, (SELECT event_id FROM newest ORDER BY event_id DESC LIMIT 1) AS "newestId",
  (SELECT max(received_at) FROM newest) AS "lastReceivedAt"
FROM clock`;

/** Without a delivery for so long, the broker has nothing more for this consumer. */
const QUIET_MS = 10_000;
/** Events that are delivered at the same time overtake each other by less. */
const OVERTAKEN_MS = 30_000;

/**
 * Returns the moment up to which events that were not received count as lost; null while nothing
 * can be said. Later ones may still wait at the broker: while deliveries arrive, a backlog is being
 * worked off, and its place is the newest event received. `runningMs` is how long this process has
 * been able to receive.
 */
export async function horizonOf(
  database: Database,
  consumer: string,
  runningMs: number,
): Promise<Date | null> {
  interface Receiving {
    now: Date;
    newestId: string | null;
    lastReceivedAt: Date | null;
  }
  const [row] = await query<Receiving>(database, RECEIVING, [consumer]);
  const { now, newestId, lastReceivedAt } = row!;
  const quietMs = Math.min(now.getTime() - (lastReceivedAt?.getTime() ?? 0), runningMs);
  if (quietMs >= QUIET_MS) return new Date(now.getTime() - QUIET_MS);
  return newestId === null ? null : new Date(timeOfId(newestId) - OVERTAKEN_MS);
}

import { query, type Database, type Tx } from '../db/data-source';

const INSERT = `
INSERT INTO inbox (consumer, event_id)
SELECT $1, event_id FROM unnest($2::uuid[]) AS event_id ORDER BY event_id
ON CONFLICT DO NOTHING RETURNING event_id`;

const DELETE = `DELETE FROM inbox WHERE consumer = $1 AND event_id = ANY($2::uuid[])`;

/**
 * Records events in the inbox, in the transaction of their effect. Returns the ids that are new to
 * the consumer; waits for other transactions that record the same event.
 */
export async function recordReceived(
  tx: Tx,
  consumer: string,
  eventIds: readonly string[],
): Promise<Set<string>> {
  const rows = await query<{ event_id: string }>(tx, INSERT, [consumer, eventIds]);
  return new Set(rows.map((row) => row.event_id));
}

const FIND = `
SELECT event_id FROM inbox WHERE consumer = $1 AND event_id = ANY($2::uuid[])`;

/**
 * Returns the ids that the consumer has received before, to spare their `prepare` calls. No guard:
 * another process may record an event between this read and the transaction.
 */
export async function findReceived(
  database: Database,
  consumer: string,
  eventIds: readonly string[],
): Promise<Set<string>> {
  const rows = await query<{ event_id: string }>(database, FIND, [consumer, eventIds]);
  return new Set(rows.map((row) => row.event_id));
}

/** Deletes inbox rows of events that had no effect. */
export async function forgetReceived(
  tx: Tx,
  consumer: string,
  eventIds: readonly string[],
): Promise<void> {
  if (eventIds.length > 0) await query(tx, DELETE, [consumer, eventIds]);
}

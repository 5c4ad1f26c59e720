import { query, type Database, type Tx } from '../db/data-source';

const INSERT = `
INSERT INTO inbox (consumer, event_id)
SELECT $1, event_id FROM unnest($2::uuid[]) AS event_id ORDER BY event_id
ON CONFLICT DO NOTHING RETURNING event_id`;

const DELETE = `DELETE FROM inbox WHERE consumer = $1 AND event_id = ANY($2::uuid[])`;

/**
 * Notes that this consumer has these events, in the transaction of their effect. Returns the
 * ids it did not have yet; an event under way in another transaction is waited for.
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
 * Which of these events this consumer had already: to spare the questions that they would be
 * prepared with. No guard: between this look and the transaction another process may receive them.
 */
export async function findReceived(
  database: Database,
  consumer: string,
  eventIds: readonly string[],
): Promise<Set<string>> {
  const rows = await query<{ event_id: string }>(database, FIND, [consumer, eventIds]);
  return new Set(rows.map((row) => row.event_id));
}

/** Takes the note back for events that had no effect after all. */
export async function forgetReceived(
  tx: Tx,
  consumer: string,
  eventIds: readonly string[],
): Promise<void> {
  if (eventIds.length > 0) await query(tx, DELETE, [consumer, eventIds]);
}

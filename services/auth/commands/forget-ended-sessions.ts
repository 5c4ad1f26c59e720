import { query, type Database } from '../../shared/db/data-source';

const BATCH = 1_000;

/** Kept a while for those who ask what happened. Their refresh tokens go with them. */
const FORGET = `
DELETE FROM sessions WHERE id IN (
  SELECT id FROM sessions WHERE expires_at < $1::timestamptz - interval '30 days' LIMIT ${BATCH})`;

/** Removes sessions that were over long ago. */
export async function forgetEndedSessions(database: Database, now: Date): Promise<void> {
  await query(database, FORGET, [now]);
}

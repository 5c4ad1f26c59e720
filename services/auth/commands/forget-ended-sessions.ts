import type { Database } from '../../shared/db/data-source';
import { BATCH, deleteInBatches } from '../../shared/db/delete-in-batches';

/** Kept a while for those who ask what happened; tokens that nobody ended go with their session. */
const FORGET_SESSIONS = `
DELETE FROM sessions WHERE id IN (
  SELECT id FROM sessions WHERE expires_at < $1::timestamptz - interval '30 days' LIMIT ${BATCH})
RETURNING 1`;

/** Removes sessions that were over long ago. */
export async function forgetEndedSessions(database: Database, now: Date): Promise<void> {
  await deleteInBatches(database, FORGET_SESSIONS, [now]);
}

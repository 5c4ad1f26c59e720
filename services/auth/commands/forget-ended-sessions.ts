import type { Database } from '../../shared/db/data-source';
import { BATCH, deleteInBatches } from '../../shared/db/delete-in-batches';

/** An ended session is never refreshed again: its tokens go at once. */
const FORGET_TOKENS = `
DELETE FROM refresh_tokens WHERE token_hash IN (
  SELECT token.token_hash FROM refresh_tokens AS token
  JOIN sessions AS session ON session.id = token.session_id
  WHERE session.ended_at IS NOT NULL OR session.expires_at < $1 LIMIT ${BATCH})
RETURNING 1`;

/** Kept a while for those who ask what happened. */
const FORGET_SESSIONS = `
DELETE FROM sessions WHERE id IN (
  SELECT id FROM sessions WHERE expires_at < $1::timestamptz - interval '30 days' LIMIT ${BATCH})
RETURNING 1`;

/** Removes sessions that were over long ago, and the tokens of those that are over. */
export async function forgetEndedSessions(database: Database, now: Date): Promise<void> {
  await deleteInBatches(database, FORGET_TOKENS, [now]);
  await deleteInBatches(database, FORGET_SESSIONS, [now]);
}

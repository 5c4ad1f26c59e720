import { query, type Tx } from '../../shared/db/data-source';
import type { EndReason } from '../entities/session.entity';

/**
 * Returns the statement that ends the sessions of a condition at the time $2 and deletes their
 * refresh tokens: an ended session is never refreshed.
 */
export const endSessionsWhere = (condition: string, reason: string): string => `
WITH ended AS (
  UPDATE sessions SET ended_at = $2, end_reason = ${reason}
  WHERE ${condition} AND ended_at IS NULL RETURNING id)
DELETE FROM refresh_tokens USING ended WHERE session_id = ended.id`;

const END_ALL = endSessionsWhere('user_id = ANY ($1::uuid[])', '$3');
const END_ONE = endSessionsWhere('id = $1', '$3');

/** Ends all sessions of these users and deletes their refresh tokens. */
export async function endSessionsOf(
  tx: Tx,
  userIds: readonly string[],
  reason: EndReason,
  now: Date,
): Promise<void> {
  if (userIds.length > 0) await query(tx, END_ALL, [userIds, now, reason]);
}

/** Ends a session; one that has ended keeps its time and reason. */
export async function endSession(tx: Tx, id: string, reason: EndReason, now: Date): Promise<void> {
  await query(tx, END_ONE, [id, now, reason]);
}

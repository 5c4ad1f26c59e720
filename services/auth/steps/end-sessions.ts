import { query, type Tx } from '../../shared/db/data-source';
import { hintsAbout, type ChangedThing } from '../../shared/messaging/hints';
import { publish } from '../../shared/messaging/outbox';
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

/** Publishes hints that sessions of people ended, or that their rights changed. */
export async function publishSessionChange(
  tx: Tx,
  people: readonly ChangedThing[],
  now: Date,
): Promise<void> {
  await publish(tx, hintsAbout([{ topic: 'session', things: people, watchers: null }], now));
}

/** Ends all sessions of these users and deletes their refresh tokens. */
export async function endSessionsOf(
  tx: Tx,
  userIds: readonly string[],
  reason: EndReason,
  now: Date,
): Promise<void> {
  if (userIds.length === 0) return;
  await query(tx, END_ALL, [userIds, now, reason]);
  const people = userIds.map((userId) => ({ userId }));
  await publishSessionChange(tx, people, now);
}

/** Ends a session of the user; one that has ended keeps its time and reason. */
export async function endSession(
  tx: Tx,
  { id, userId }: { id: string; userId: string },
  reason: EndReason,
  now: Date,
): Promise<void> {
  await query(tx, END_ONE, [id, now, reason]);
  await publishSessionChange(tx, [{ userId }], now);
}

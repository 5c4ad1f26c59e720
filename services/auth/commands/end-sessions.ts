import { query, type Database, type Tx } from '../../shared/db/data-source';
import { notFound } from '../../shared/kernel/errors';
import { Session, type EndReason } from '../entities/session.entity';

const END_ALL = `
UPDATE sessions SET ended_at = $2, end_reason = $3
WHERE user_id = ANY($1::uuid[]) AND ended_at IS NULL`;

const END_ONE = `
UPDATE sessions SET ended_at = $2, end_reason = $3 WHERE id = $1 AND ended_at IS NULL`;

/** Ends all sessions of these users. */
export async function endSessionsOf(
  tx: Tx,
  userIds: readonly string[],
  reason: EndReason,
  now: Date,
): Promise<void> {
  if (userIds.length > 0) await query(tx, END_ALL, [userIds, now, reason]);
}

/** Ends one session; one that has ended stays as it is. */
export async function endSession(
  tx: Tx | Database,
  id: string,
  reason: EndReason,
  now: Date,
): Promise<void> {
  await query(tx, END_ONE, [id, now, reason]);
}

/** Logs a person out of one of their sessions. Throws 404 when it is not theirs. */
export async function endOwnSession(
  database: Database,
  { id, userId }: { id: string; userId: string },
  now: Date,
): Promise<void> {
  if (!(await database.manager.existsBy(Session, { id, userId }))) throw notFound('Session');
  await endSession(database, id, 'logged-out', now);
}

import { IsNull, MoreThan } from 'typeorm';
import { query, type Database } from '../../shared/db/data-source';
import { Session } from '../entities/session.entity';

/** A place in the list of sessions: the last one of the page before. */
export interface SessionPlace {
  createdAt: string;
  id: string;
}

/** One page of somebody's sessions. */
export interface SessionPage {
  userId: string;
  after: SessionPlace | null;
  limit: number;
}

/** The person's living sessions, newest first; one more than `limit` when there are more. */
export async function listSessions(
  database: Database,
  { userId, after, limit }: SessionPage,
  now: Date,
): Promise<Session[]> {
  const found = database.manager
    .createQueryBuilder(Session, 'session')
    .where({ userId, endedAt: IsNull(), expiresAt: MoreThan(now) })
    .orderBy({ 'session.createdAt': 'DESC', 'session.id': 'DESC' })
    .limit(limit + 1);
  if (after) found.andWhere('(session.createdAt, session.id) < (:createdAt, :id)', after);
  return found.getMany();
}

const STATE = `
SELECT session.user_id,
  session.ended_at IS NULL AND session.expires_at > $2 AND person.status = 'active' AS active
FROM sessions AS session JOIN users AS person ON person.id = session.user_id
WHERE session.id = $1`;

/** Whether a session is alive now, and whose it is. */
export async function sessionState(
  database: Database,
  id: string,
  now: Date,
): Promise<{ active: boolean; userId: string | null }> {
  type Row = { user_id: string; active: boolean };
  const [row] = await query<Row>(database, STATE, [id, now]);
  return { active: row?.active ?? false, userId: row?.user_id ?? null };
}

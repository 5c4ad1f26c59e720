import { IsNull, MoreThan } from 'typeorm';
import type { Rights } from '../../shared/contracts/access-token';
import { query, type Database } from '../../shared/db/data-source';
import { Session } from '../entities/session.entity';

/** Cursor in the list of sessions: the last session of the previous page. */
export interface SessionPlace {
  createdAt: string;
  id: string;
}

/** Page of a person's sessions to read. */
export interface SessionPage {
  userId: string;
  after: SessionPlace | null;
  limit: number;
}

/** Returns the person's living sessions, newest first; `limit` + 1 when there are more. */
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
SELECT session.user_id AS "userId", person.role, person.permissions,
  session.ended_at IS NULL AND session.expires_at > $2 AND person.status = 'active' AS active
FROM sessions AS session JOIN users AS person ON person.id = session.user_id
WHERE session.id = $1`;

/** Current state of a session, with its user's id and rights. */
export interface SessionState {
  active: boolean;
  userId: string | null;
  rights: Rights | null;
}

/** Returns the state of a session; an unknown session is not active. */
export async function sessionState(
  database: Database,
  id: string,
  now: Date,
): Promise<SessionState> {
  type Row = Rights & { userId: string; active: boolean };
  const [row] = await query<Row>(database, STATE, [id, now]);
  if (!row) return { active: false, userId: null, rights: null };
  const { active, userId, role, permissions } = row;
  return { active, userId, rights: { role, permissions } };
}

import { timingSafeEqual } from 'node:crypto';
import { query, type Tx } from '../../shared/db/data-source';
import { unauthorized } from '../../shared/kernel/errors';
import type { AuthContext } from '../context';
import { familyOf, hashOfToken, newSuccessorSalt, successorOf } from '../crypto/refresh-token';
import { mayRepeatExchange, sessionExpiry } from '../domain/session-life';
import { UserCopy, viewOf } from '../entities/user-copy.entity';
import { endSession } from '../steps/end-sessions';
import { keepRefreshToken } from '../steps/issue-refresh-token';
import type { IssuedTokens } from './log-in';
import { signAccessToken } from './sign-access-token';

const SESSION_OF = `SELECT session_id FROM refresh_tokens WHERE token_hash = $1`;

/** Row lock that serialises exchanges of a session with log-out and revocation. */
const LOCK_SESSION = `
SELECT id, user_id, created_at, expires_at, ended_at, family_hash
FROM sessions WHERE id = $1 FOR UPDATE`;

const READ_TOKEN = `SELECT used_at, successor_salt FROM refresh_tokens WHERE token_hash = $1`;
const SERVES = `SELECT FROM refresh_tokens WHERE token_hash = $1 AND used_at IS NULL`;

/** Deletes the used token before the current one: from then on the family secret identifies it. */
const FORGET_USED = `
DELETE FROM refresh_tokens WHERE session_id = $1 AND in_family AND used_at IS NOT NULL`;
const MARK_USED = `
UPDATE refresh_tokens SET used_at = $2, successor_salt = $3 WHERE token_hash = $1`;
const PROLONG = `UPDATE sessions SET last_used_at = $2, expires_at = $3 WHERE id = $1`;

interface LockedSession {
  id: string;
  user_id: string;
  created_at: Date;
  expires_at: Date;
  ended_at: Date | null;
  family_hash: Buffer | null;
}

interface KeptToken {
  used_at: Date | null;
  successor_salt: Buffer | null;
}

interface Refreshed {
  sessionId: string;
  refreshToken: string;
  user: UserCopy;
}

/**
 * Exchanges a refresh token, valid once, for new tokens. A repeat within `REPEAT_MS` returns the
 * same successor while that is unused: the answer was lost. Any other reuse means that the token
 * was copied; which holder is the thief is unknown, so the session ends. Throws 401 `unauthorized`
 * for reused, unknown and expired tokens, ended sessions and people who are not active.
 */
export async function refreshSession(
  context: AuthContext,
  refreshToken: string,
): Promise<IssuedTokens> {
  const now = context.clock();
  const refreshed = await context.database.transaction((tx) => exchange(tx, refreshToken, now));
  if (!refreshed) throw unauthorized();
  const { sessionId, user } = refreshed;
  const claims = { sub: user.id, sid: sessionId, role: user.role, permissions: user.permissions };
  const accessToken = await signAccessToken(context, claims, now);
  return { ...accessToken, refreshToken: refreshed.refreshToken, user: viewOf(user) };
}

/** Exchanges the token; null for a refusal. No throw: the end of a session must be committed. */
async function exchange(tx: Tx, refreshToken: string, now: Date): Promise<Refreshed | null> {
  const session = await lockSessionOf(tx, refreshToken);
  if (!session || session.ended_at !== null || session.expires_at <= now) return null;
  const user = await tx.findOneBy(UserCopy, { id: session.user_id, status: 'active' });
  if (!user) return null;
  const successor = await successorFor(tx, session, refreshToken, now);
  if (successor) return { sessionId: session.id, refreshToken: successor, user };
  const { id, user_id: userId } = session;
  await endSession(tx, { id, userId }, 'refresh-token-reused', now);
  return null;
}

/** Locks and returns the session that issued the token; null for an unknown token. */
async function lockSessionOf(tx: Tx, refreshToken: string): Promise<LockedSession | null> {
  const family = familyOf(refreshToken);
  const hash = hashOfToken(refreshToken);
  const [kept] = await query<{ session_id: string }>(tx, SESSION_OF, [hash]);
  const id = kept?.session_id ?? family?.sessionId;
  if (id === undefined) return null;
  const [session] = await query<LockedSession>(tx, LOCK_SESSION, [id]);
  if (!session) return null;
  if (kept) return session;
  const isOfFamily =
    family !== null &&
    session.family_hash !== null &&
    timingSafeEqual(session.family_hash, hashOfToken(family.familySecret));
  return isOfFamily ? session : null;
}

/** Returns the successor, the same one for a repeat; null for any other reuse of a used token. */
async function successorFor(
  tx: Tx,
  session: LockedSession,
  refreshToken: string,
  now: Date,
): Promise<string | null> {
  const hash = hashOfToken(refreshToken);
  const [kept] = await query<KeptToken>(tx, READ_TOKEN, [hash]);
  if (!kept) return null;
  if (kept.used_at === null) return advance(tx, session, refreshToken, now);
  if (!kept.successor_salt || !mayRepeatExchange(kept.used_at, now)) return null;
  const successor = successorOf(refreshToken, session.id, kept.successor_salt);
  const serves = await query(tx, SERVES, [hashOfToken(successor)]);
  return serves.length > 0 ? successor : null;
}

async function advance(
  tx: Tx,
  session: LockedSession,
  refreshToken: string,
  now: Date,
): Promise<string> {
  const salt = newSuccessorSalt();
  const successor = successorOf(refreshToken, session.id, salt);
  await query(tx, FORGET_USED, [session.id]);
  await query(tx, MARK_USED, [hashOfToken(refreshToken), now, salt]);
  await keepRefreshToken(tx, successor, now);
  await query(tx, PROLONG, [session.id, now, sessionExpiry(session.created_at, now)]);
  return successor;
}

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

/** The one lock of an exchange: log-out, revocation and other exchanges wait for each other. */
const LOCK_SESSION = `
SELECT id, user_id, created_at, expires_at, ended_at, family_hash
FROM sessions WHERE id = $1 FOR UPDATE`;

const READ_TOKEN = `SELECT used_at, successor_salt FROM refresh_tokens WHERE token_hash = $1`;
const SERVES = `SELECT FROM refresh_tokens WHERE token_hash = $1 AND used_at IS NULL`;

/** The use of a token is the end of the row before it: from here on its family recognises it. */
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
 * Exchanges a refresh token for new tokens. Each serves once. Whoever lost the answer gets the
 * same successor again for a while (`REPEAT_MS`) until the successor is used. Any other use of
 * a used token means that it was copied, and since nobody knows which of the two is the thief,
 * the session ends. Throws 401 for all that is not a living session's newest token.
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

/** Null when it is refused; not a throw, since the end of a session must be committed. */
async function exchange(tx: Tx, refreshToken: string, now: Date): Promise<Refreshed | null> {
  const session = await lockSessionOf(tx, refreshToken);
  if (!session || session.ended_at !== null || session.expires_at <= now) return null;
  const user = await tx.findOneBy(UserCopy, { id: session.user_id, status: 'active' });
  if (!user) return null;
  const successor = await successorFor(tx, session, refreshToken, now);
  if (successor) return { sessionId: session.id, refreshToken: successor, user };
  await endSession(tx, session.id, 'refresh-token-reused', now);
  return null;
}

/** The locked session that the token is or was of; null for everything else. */
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

/** The token that follows, the same one for a repeat; null when a used token came again. */
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

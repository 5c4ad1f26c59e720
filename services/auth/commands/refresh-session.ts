import { query, type Database, type Tx } from '../../shared/db/data-source';
import type { Clock } from '../../shared/kernel/clock';
import { unauthorized } from '../../shared/kernel/errors';
import { sessionExpiry } from '../domain/session-life';
import { UserCopy, viewOf } from '../entities/user-copy.entity';
import { endSession } from './end-sessions';
import { hashOfToken, issueRefreshToken } from './issue-refresh-token';
import type { IssuedTokens } from './log-in';
import { signAccessToken } from './sign-access-token';

interface PresentedToken {
  session_id: string;
  user_id: string;
  used_at: Date | null;
  ended_at: Date | null;
  created_at: Date;
  expires_at: Date;
}

const LOCK = `
SELECT token.session_id, token.used_at, session.user_id, session.ended_at, session.created_at,
  session.expires_at
FROM refresh_tokens AS token JOIN sessions AS session ON session.id = token.session_id
WHERE token.token_hash = $1 FOR UPDATE`;

const MARK_USED = `UPDATE refresh_tokens SET used_at = $2 WHERE token_hash = $1`;
const PROLONG = `UPDATE sessions SET last_used_at = $2, expires_at = $3 WHERE id = $1`;

interface Refreshed {
  sessionId: string;
  refreshToken: string;
  user: UserCopy;
}

/**
 * Exchanges a refresh token for new tokens. Each serves once: a used one that comes again was
 * copied, and since nobody knows which of the two is the thief, the session ends. Throws 401 for
 * all that is not a living session's newest token.
 */
export async function refreshSession(
  { database, clock, issuer }: { database: Database; clock: Clock; issuer: string },
  refreshToken: string,
): Promise<IssuedTokens> {
  const now = clock();
  const refreshed = await database.transaction((tx) => exchange(tx, refreshToken, now));
  if (!refreshed) throw unauthorized();
  const { sessionId, user } = refreshed;
  const claims = { sub: user.id, sid: sessionId, role: user.role, permissions: user.permissions };
  const accessToken = await signAccessToken(database, issuer, claims, now);
  return { ...accessToken, refreshToken: refreshed.refreshToken, user: viewOf(user) };
}

/** Null when it is refused; not a throw, since the end of a session must be committed. */
async function exchange(tx: Tx, refreshToken: string, now: Date): Promise<Refreshed | null> {
  const hash = hashOfToken(refreshToken);
  const [token] = await query<PresentedToken>(tx, LOCK, [hash]);
  if (!token || token.ended_at !== null || token.expires_at <= now) return null;
  const { session_id: sessionId, user_id: id } = token;
  if (token.used_at !== null) {
    await endSession(tx, sessionId, 'refresh-token-reused', now);
    return null;
  }
  const user = await tx.findOneBy(UserCopy, { id, status: 'active' });
  if (!user) return null;
  await query(tx, MARK_USED, [hash, now]);
  await query(tx, PROLONG, [sessionId, now, sessionExpiry(token.created_at, now)]);
  return { sessionId, refreshToken: await issueRefreshToken(tx, sessionId, now), user };
}

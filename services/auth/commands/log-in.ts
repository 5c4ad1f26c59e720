import { nicknameKey } from '../../shared/contracts/fields';
import type { UserView } from '../../shared/contracts/user-view';
import { query, type Database, type Tx } from '../../shared/db/data-source';
import { Problem, forbidden } from '../../shared/kernel/errors';
import { newId } from '../../shared/kernel/ids';
import { MAX_SESSIONS, sessionExpiry } from '../domain/session-life';
import { Session } from '../entities/session.entity';
import { UserCopy, viewOf } from '../entities/user-copy.entity';
import { readHash } from '../queries/credentials';
import { findByLogin } from '../queries/users';
import { isRightShape, type Deps } from './check-beak-shape';
import { issueRefreshToken } from './issue-refresh-token';
import { signAccessToken, type AccessToken } from './sign-access-token';
import { attemptKey } from './throttle-attempts';

const UNAUTHORIZED = 401;

/** Who wants in, and from where. */
export interface Login {
  /** User id, nickname or email. */
  login: string;
  beakShape: string;
  address: string;
}

/** What a login or a refresh gives. */
export interface IssuedTokens extends AccessToken {
  refreshToken: string;
  user: UserView;
}

/**
 * Opens a session for somebody with the right beak shape. Unknown, deactivated and wrong are the
 * same 401 after the same time; 403 when the person is right but not active yet; 429 after too
 * many wrong attempts in a row.
 */
export async function logIn(
  deps: Deps & { issuer: string },
  { login, beakShape, address }: Login,
): Promise<IssuedTokens> {
  const { database, clock, issuer } = deps;
  const user = await findByLogin(database, login);
  const hash = user && user.status !== 'deactivated' ? await readHash(database, user.id) : null;
  const key = attemptKey(nicknameKey(login), address);
  if (!(await isRightShape(deps, key, hash, beakShape))) throw wrongCredentials();
  if (user!.status === 'inactive') throw notActiveYet();
  const now = clock();
  const opened = await openSession(database, { userId: user!.id, hash: hash!, address }, now);
  if (!opened) throw wrongCredentials();
  const { role, permissions } = opened.user;
  const claims = { sub: user!.id, sid: opened.sessionId, role, permissions };
  const accessToken = await signAccessToken(database, issuer, claims, now);
  return { ...accessToken, refreshToken: opened.refreshToken, user: viewOf(opened.user) };
}

/** Ends the oldest sessions beyond the limit, before one more is opened. */
const MAKE_ROOM = `
UPDATE sessions SET ended_at = $2, end_reason = 'too-many-sessions' WHERE id IN (
  SELECT id FROM sessions WHERE user_id = $1 AND ended_at IS NULL
  ORDER BY created_at DESC, id DESC OFFSET $3)`;

const LOCK_HASH = `
SELECT beak_shape_hash FROM credentials WHERE user_id = $1 AND beak_shape_hash = $2 FOR SHARE`;

interface Opening {
  userId: string;
  hash: string;
  address: string;
}

interface OpenedSession {
  sessionId: string;
  refreshToken: string;
  user: UserCopy;
}

/** Null when user or beak shape changed while it was checked: locked rows can't any more. */
async function openSession(
  database: Database,
  { userId, hash, address }: Opening,
  now: Date,
): Promise<OpenedSession | null> {
  return database.transaction(async (tx: Tx) => {
    const lock = { mode: 'pessimistic_read' } as const;
    const user = await tx.findOne(UserCopy, { where: { id: userId, status: 'active' }, lock });
    const isSameHash = (await query(tx, LOCK_HASH, [userId, hash])).length > 0;
    if (!user || !isSameHash) return null;
    await query(tx, MAKE_ROOM, [userId, now, MAX_SESSIONS - 1]);
    const sessionId = newId(now.getTime());
    await tx.insert(Session, {
      id: sessionId,
      userId,
      address,
      createdAt: now,
      lastUsedAt: now,
      expiresAt: sessionExpiry(now, now),
    });
    return { sessionId, refreshToken: await issueRefreshToken(tx, sessionId, now), user };
  });
}

function wrongCredentials(): Problem {
  return new Problem(UNAUTHORIZED, 'wrong-credentials', 'Login or beak shape is wrong');
}

function notActiveYet(): Problem {
  return forbidden('Your account is being opened: try again in a moment', 'not-active-yet');
}

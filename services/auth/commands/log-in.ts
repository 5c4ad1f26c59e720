import { nicknameKey } from '../../shared/contracts/fields';
import type { UserView } from '../../shared/contracts/user-view';
import { query, type Database, type Tx } from '../../shared/db/data-source';
import { Problem, forbidden } from '../../shared/kernel/errors';
import { newId } from '../../shared/kernel/ids';
import type { AuthContext } from '../context';
import { counterOf, type Attempt } from '../crypto/attempt-counter';
import { MAX_SESSIONS, sessionExpiry } from '../domain/session-life';
import { Session } from '../entities/session.entity';
import { UserCopy, viewOf } from '../entities/user-copy.entity';
import { readCredentials, type Credentials } from '../queries/credentials';
import { isKnownDevice } from '../queries/known-device';
import { findByLogin } from '../queries/users';
import { endSessionsWhere } from '../steps/end-sessions';
import { issueRefreshToken } from '../steps/issue-refresh-token';
import { rememberDevice } from '../steps/remember-device';
import { isRightShape } from './check-beak-shape';
import { signAccessToken, type AccessToken } from './sign-access-token';

const UNAUTHORIZED = 401;

/** Login attempt: credentials, address and device. */
export interface Login {
  /** User id, nickname or email; case and surrounding white space are ignored. */
  login: string;
  beakShape: string;
  /** Client address, shown in the list of sessions. */
  address: string;
  /** Rate limit group of the address. */
  addressGroup: string;
  /** Mark of the device; null asks for a new one, undefined for none. */
  device: string | null | undefined;
}

/** Tokens of a refresh and of a login. */
export interface IssuedTokens extends AccessToken {
  refreshToken: string;
  user: UserView;
}

/** Tokens of a login; `device` is the mark of the device, null when none was asked for. */
export interface LoginTokens extends IssuedTokens {
  device: string | null;
}

/**
 * Opens a session. Throws 401 `wrong-credentials`, after the same time for an unknown person, a
 * deactivated one and a wrong beak shape; 403 `not-active-yet` for an inactive person with the
 * right one; 429 `too-many-attempts` like `isRightShape`.
 */
export async function logIn(context: AuthContext, login: Login): Promise<LoginTokens> {
  const { database, clock } = context;
  const user = await findByLogin(database, login.login);
  const mayEnter = user !== null && user.status !== 'deactivated';
  const kept = await readCredentials(database, mayEnter ? user.id : null);
  const attempt = await attemptOf(database, login, user, clock());
  const isRight = await isRightShape(context, attempt, kept, login.beakShape);
  if (!isRight || !user || !kept) throw wrongCredentials();
  if (user.status === 'inactive') throw notActiveYet();
  const now = clock();
  const opened = await openSession(database, kept, login, now);
  if (!opened) throw wrongCredentials();
  const { sessionId, refreshToken, device } = opened;
  const { role, permissions } = opened.user;
  const claims = { sub: user.id, sid: sessionId, role, permissions };
  const accessToken = await signAccessToken(context, claims, now);
  return { ...accessToken, refreshToken, user: viewOf(opened.user), device };
}

/** Returns the counters of an attempt: a known device has one of its own, apart from all others. */
async function attemptOf(
  database: Database,
  { login, device, addressGroup }: Login,
  user: UserCopy | null,
  now: Date,
): Promise<Attempt> {
  const userId = user?.id ?? null;
  const isShown = device !== undefined && device !== null;
  const isKnown = isShown && (await isKnownDevice(database, device, userId, now));
  if (user && isKnown) return { who: counterOf('device', device, user.id), address: null };
  const who = user ? counterOf('user', user.id) : counterOf('login', nicknameKey(login.trim()));
  return { who, address: counterOf('address', addressGroup) };
}

/** Ends the oldest sessions beyond the limit, before one more is opened. */
const MAKE_ROOM = endSessionsWhere(
  `id IN (
    SELECT id FROM sessions WHERE user_id = $1 AND ended_at IS NULL
    ORDER BY created_at DESC, id DESC OFFSET $3)`,
  "'too-many-sessions'",
);

/** Locks the checked beak shape, identified by the time of its change: hashes are renewed. */
const LOCK_SHAPE = `
SELECT FROM credentials
WHERE user_id = $1 AND date_trunc('milliseconds', changed_at) = $2 FOR SHARE`;

interface OpenedSession {
  sessionId: string;
  refreshToken: string;
  user: UserCopy;
  device: string | null;
}

/**
 * Opens the session; null when user or beak shape changed after the check. Row locks prevent later
 * changes; the lock on the user serialises logins of one person, so that the limits hold.
 */
async function openSession(
  database: Database,
  { userId, changedAt }: Credentials,
  { address, device }: Login,
  now: Date,
): Promise<OpenedSession | null> {
  return database.transaction(async (tx: Tx) => {
    const lock = { mode: 'pessimistic_write' } as const;
    const user = await tx.findOne(UserCopy, { where: { id: userId, status: 'active' }, lock });
    const isSameShape = (await query(tx, LOCK_SHAPE, [userId, changedAt])).length > 0;
    if (!user || !isSameShape) return null;
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
    const refreshToken = await issueRefreshToken(tx, sessionId, now);
    const mark = device === undefined ? null : await rememberDevice(tx, userId, device, now);
    return { sessionId, refreshToken, user, device: mark };
  });
}

function wrongCredentials(): Problem {
  return new Problem(UNAUTHORIZED, 'wrong-credentials', 'Login or beak shape is wrong');
}

function notActiveYet(): Problem {
  return forbidden('Your account is not active yet', 'not-active-yet');
}

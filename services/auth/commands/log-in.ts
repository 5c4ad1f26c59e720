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

/** Who wants in, and from where. */
export interface Login {
  /** User id, nickname or email; case and blanks around it don't matter. */
  login: string;
  beakShape: string;
  /** Shown to the person in the list of their sessions. */
  address: string;
  /** The address as limits count it. */
  addressGroup: string;
  /** The mark of the device; null asks for one, undefined wants none. */
  device: string | null | undefined;
}

/** What a refresh gives, and a login too. */
export interface IssuedTokens extends AccessToken {
  refreshToken: string;
  user: UserView;
}

/** What a login gives; `device` is the mark of the device, null when none was wanted. */
export interface LoginTokens extends IssuedTokens {
  device: string | null;
}

/**
 * Opens a session for somebody with the right beak shape. Unknown, deactivated and wrong are the
 * same 401 after the same time; 403 when the person is right but not active yet; 429 after too
 * many wrong attempts in a row.
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

/** On a known device nobody else's attempts count, and its own count nowhere else. */
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

/** A renewed hash is of the same beak shape: the moment of the change tells them apart. */
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
 * Null when user or beak shape changed while it was checked: locked rows can't any more. The
 * user's lock also makes logins of one person take turns: the limits hold for many at once.
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

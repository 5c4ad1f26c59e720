import { createHash, createHmac, randomBytes } from 'node:crypto';
import { isUuid } from '../../shared/kernel/ids';

const FAMILY_BYTES = 16;
const SECRET_BYTES = 32;
const SALT_BYTES = 32;

/**
 * `session id.family secret.secret`. The family secret, the same in all tokens of a session,
 * identifies an old token after its row is deleted.
 */
const TOKEN = /^([0-9a-f-]{36})\.([\w-]{22})\.[\w-]{43}$/;

/** Session id and family secret of a token. */
export interface TokenFamily {
  sessionId: string;
  familySecret: string;
}

/** Returns the stored form of a refresh token; a fast hash is enough for a random secret. */
export function hashOfToken(refreshToken: string): Buffer {
  return createHash('sha256').update(refreshToken).digest();
}

/** Returns session and family; null for garbage and for tokens from before families. */
export function familyOf(refreshToken: string): TokenFamily | null {
  const [, sessionId = '', familySecret = ''] = TOKEN.exec(refreshToken) ?? [];
  return isUuid(sessionId) ? { sessionId, familySecret } : null;
}

/** Returns the salt of a successor, new for each exchange. */
export function newSuccessorSalt(): Buffer {
  return randomBytes(SALT_BYTES);
}

/**
 * Returns the successor of a token, derived from token and salt alone: a repeat returns the same
 * one. The database holds no token, the client no salt: neither can derive it alone.
 */
export function successorOf(refreshToken: string, sessionId: string, salt: Buffer): string {
  const derive = (purpose: string): Buffer =>
    createHmac('sha256', salt).update(purpose).update(refreshToken).digest();
  const familySecret =
    familyOf(refreshToken)?.familySecret ??
    derive('family').subarray(0, FAMILY_BYTES).toString('base64url');
  return [sessionId, familySecret, derive('token').toString('base64url')].join('.');
}

/** Returns the first refresh token of a session. */
export function newRefreshToken(sessionId: string): string {
  const familySecret = randomBytes(FAMILY_BYTES).toString('base64url');
  const secret = randomBytes(SECRET_BYTES).toString('base64url');
  return [sessionId, familySecret, secret].join('.');
}

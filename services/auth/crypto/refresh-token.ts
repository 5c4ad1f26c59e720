import { createHash, createHmac, randomBytes } from 'node:crypto';
import { isUuid } from '../../shared/kernel/ids';

const FAMILY_BYTES = 16;
const SECRET_BYTES = 32;
const SALT_BYTES = 32;

/**
 * `session id.family secret.secret`. The family secret is the same in all tokens of a session:
 * with it an old token is recognised after its row is gone.
 */
const TOKEN = /^([0-9a-f-]{36})\.([\w-]{22})\.[\w-]{43}$/;

/** What a token says of its session. */
export interface TokenFamily {
  sessionId: string;
  familySecret: string;
}

/** How a refresh token is kept: a fast hash will do for a secret that nobody can guess. */
export function hashOfToken(refreshToken: string): Buffer {
  return createHash('sha256').update(refreshToken).digest();
}

/** Session and family of a token; null for garbage and for tokens from before there were any. */
export function familyOf(refreshToken: string): TokenFamily | null {
  const [, sessionId = '', familySecret = ''] = TOKEN.exec(refreshToken) ?? [];
  return isUuid(sessionId) ? { sessionId, familySecret } : null;
}

/** What makes successors: new for each exchange. */
export function newSuccessorSalt(): Buffer {
  return randomBytes(SALT_BYTES);
}

/**
 * The token that follows this one. Made of the token and the salt alone, so that a repeat gives
 * the same one: who has read the database lacks the token, who has the token lacks the salt.
 */
export function successorOf(refreshToken: string, sessionId: string, salt: Buffer): string {
  const derive = (purpose: string): Buffer =>
    createHmac('sha256', salt).update(purpose).update(refreshToken).digest();
  const familySecret =
    familyOf(refreshToken)?.familySecret ??
    derive('family').subarray(0, FAMILY_BYTES).toString('base64url');
  return [sessionId, familySecret, derive('token').toString('base64url')].join('.');
}

/** The first refresh token of a session. */
export function newRefreshToken(sessionId: string): string {
  const familySecret = randomBytes(FAMILY_BYTES).toString('base64url');
  const secret = randomBytes(SECRET_BYTES).toString('base64url');
  return [sessionId, familySecret, secret].join('.');
}

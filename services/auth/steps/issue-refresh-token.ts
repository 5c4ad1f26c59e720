import { createHash, createHmac, randomBytes } from 'node:crypto';
import { query, type Tx } from '../../shared/db/data-source';
import { isUuid } from '../../shared/kernel/ids';

const FAMILY_BYTES = 16;
const SECRET_BYTES = 32;
const SALT_BYTES = 32;

/**
 * `session id.family secret.secret`. The family secret is the same in all tokens of a session:
 * with it an old token is recognised after its row is gone.
 */
const TOKEN = /^([0-9a-f-]{36})\.([\w-]{22})\.[\w-]{43}$/;

const SET_FAMILY = `UPDATE sessions SET family_hash = $2 WHERE id = $1`;

const ISSUE = `
INSERT INTO refresh_tokens (token_hash, session_id, issued_at, in_family)
VALUES ($1, $2, $3, true)`;

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

/** Keeps the hashes of a token that serves from now on. */
export async function keepRefreshToken(
  tx: Tx,
  refreshToken: string,
  { sessionId, familySecret }: TokenFamily,
  now: Date,
): Promise<void> {
  await query(tx, SET_FAMILY, [sessionId, hashOfToken(familySecret)]);
  await query(tx, ISSUE, [hashOfToken(refreshToken), sessionId, now]);
}

/** The first refresh token of a session; only hashes of it are kept. */
export async function issueRefreshToken(tx: Tx, sessionId: string, now: Date): Promise<string> {
  const familySecret = randomBytes(FAMILY_BYTES).toString('base64url');
  const secret = randomBytes(SECRET_BYTES).toString('base64url');
  const refreshToken = [sessionId, familySecret, secret].join('.');
  await keepRefreshToken(tx, refreshToken, { sessionId, familySecret }, now);
  return refreshToken;
}

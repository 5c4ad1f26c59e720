import { createHash, randomBytes } from 'node:crypto';
import { query, type Tx } from '../../shared/db/data-source';

const SECRET_BYTES = 32;

const ISSUE = `
INSERT INTO refresh_tokens (token_hash, session_id, issued_at) VALUES ($1, $2, $3)`;

/** How a refresh token is kept: a fast hash will do for a secret that nobody can guess. */
export function hashOfToken(refreshToken: string): Buffer {
  return createHash('sha256').update(refreshToken).digest();
}

/** A new refresh token of the session; only its hash is kept. */
export async function issueRefreshToken(tx: Tx, sessionId: string, now: Date): Promise<string> {
  const refreshToken = randomBytes(SECRET_BYTES).toString('base64url');
  await query(tx, ISSUE, [hashOfToken(refreshToken), sessionId, now]);
  return refreshToken;
}

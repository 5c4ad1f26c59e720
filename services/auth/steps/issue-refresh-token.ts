import { query, type Tx } from '../../shared/db/data-source';
import { invariant } from '../../shared/kernel/invariant';
import { familyOf, hashOfToken, newRefreshToken } from '../crypto/refresh-token';

const SET_FAMILY = `UPDATE sessions SET family_hash = $2 WHERE id = $1`;

const ISSUE = `
INSERT INTO refresh_tokens (token_hash, session_id, issued_at, in_family)
VALUES ($1, $2, $3, true)`;

/** Stores the hashes of a refresh token and of its family secret. */
export async function keepRefreshToken(tx: Tx, refreshToken: string, now: Date): Promise<void> {
  const family = familyOf(refreshToken);
  invariant(family, 'a token that we make names its family');
  await query(tx, SET_FAMILY, [family.sessionId, hashOfToken(family.familySecret)]);
  await query(tx, ISSUE, [hashOfToken(refreshToken), family.sessionId, now]);
}

/** Issues the first refresh token of a session; only hashes are stored. */
export async function issueRefreshToken(tx: Tx, sessionId: string, now: Date): Promise<string> {
  const refreshToken = newRefreshToken(sessionId);
  await keepRefreshToken(tx, refreshToken, now);
  return refreshToken;
}

import jwt from 'jsonwebtoken';
import {
  TOKEN_ALGORITHM,
  TOKEN_AUDIENCE,
  type TokenClaims,
} from '../../shared/contracts/access-token';
import { invariant } from '../../shared/kernel/invariant';
import type { AuthContext } from '../context';
import { ACCESS_TOKEN_MS } from '../domain/session-life';
import { currentKey, type SigningKey } from '../queries/signing-keys';
import { rotateSigningKeys } from './rotate-signing-keys';

const MS_PER_SECOND = 1_000;

/** Signed access token (JWT) and its expiry. */
export interface AccessToken {
  token: string;
  expiresAt: Date;
}

async function signingKey(context: AuthContext, now: Date): Promise<SigningKey> {
  const key = await currentKey(context.database, now);
  if (key) return key;
  await rotateSigningKeys(context, now);
  const first = await currentKey(context.database, now);
  invariant(first, 'there is a signing key once keys were rotated');
  return first;
}

/** Signs an access token; creates the first signing key when there is none. */
export async function signAccessToken(
  context: AuthContext,
  { sub, ...claims }: TokenClaims,
  now: Date,
): Promise<AccessToken> {
  const { kid, privateKey } = await signingKey(context, now);
  const issuedAt = Math.floor(now.getTime() / MS_PER_SECOND);
  const token = jwt.sign({ ...claims, iat: issuedAt }, privateKey, {
    algorithm: TOKEN_ALGORITHM,
    keyid: kid,
    issuer: context.issuer,
    audience: TOKEN_AUDIENCE,
    subject: sub,
    expiresIn: ACCESS_TOKEN_MS / MS_PER_SECOND,
  });
  return { token, expiresAt: new Date(issuedAt * MS_PER_SECOND + ACCESS_TOKEN_MS) };
}

import type { Context } from 'koa';
import type { Rights } from '../../shared/contracts/access-token';
import { sessionState } from '../../shared/contracts/calls/auth';
import { call } from '../../shared/dapr/invoke';
import type { Sidecar } from '../../shared/dapr/sidecar';
import type { Caller } from '../../shared/http/caller';
import { badRequest, unauthorized } from '../../shared/kernel/errors';
import { refuseForgery, sessionIdOf } from './session-cookie';
import type { Sessions } from './sessions';
import type { TokenCache } from './token-cache';

/** Who asks, and by what we know. */
export interface Identity {
  caller: Caller;
  /** The `Authorization` header that services are shown. */
  authorization: string;
  /** The session of the cookie, when it is the cookie that counts. */
  cookieSession: string | null;
}

/** What identities are found by. */
export interface IdentityParts {
  tokens: TokenCache;
  sessions: Sessions;
  sidecar: Sidecar;
}

const bearerOf = ({ token }: { token: string }): string => `Bearer ${token}`;

async function identityOf(
  authorization: string,
  cookieSession: string | null,
  { tokens }: IdentityParts,
): Promise<Identity> {
  return { caller: await tokens.verify(authorization), authorization, cookieSession };
}

async function byCookie(id: string, parts: IdentityParts): Promise<Identity | null> {
  const tokens = await parts.sessions.find(id);
  return tokens && identityOf(bearerOf(tokens), id, parts);
}

/**
 * Who is calling: the holder of the bearer token, or of the cookie's session. With both, the token
 * counts, but for `preferCookie`, and both must be the same person's; a cookie whose session is
 * over is nobody's. Throws 400 for two people, 401 for nobody, 403 for a forged change.
 */
export async function identify(
  ctx: Context,
  parts: IdentityParts,
  { preferCookie }: { preferCookie: boolean },
): Promise<Identity> {
  const own = ctx.get('authorization');
  const id = sessionIdOf(ctx.get('cookie'));
  if (own === '' && id !== null) refuseForgery(ctx);
  const bearer = own === '' && id !== null ? null : await identityOf(own, null, parts);
  const cookie = id === null ? null : await byCookie(id, parts);
  if (bearer && cookie && bearer.caller.id !== cookie.caller.id) {
    throw badRequest('The token and the cookie are two people’s');
  }
  const identity = preferCookie ? (cookie ?? bearer) : (bearer ?? cookie);
  if (!identity) throw unauthorized();
  return identity;
}

/** Does the token say what its holder may do now? */
function isUpToDate({ role, permissions }: Caller, now: Rights): boolean {
  const held = new Set<string>(permissions);
  const isSame = held.size === now.permissions.length && now.permissions.every((p) => held.has(p));
  return isSame && role === now.role;
}

/**
 * The identity once Auth was asked: the session lives, and the token says what its holder may do
 * now. A session in a cookie gets a new token when the old one says something else; whoever holds
 * a token of their own exchanges it after a 401. Throws 401, or 503 when Auth can't say.
 */
export async function confirm(identity: Identity, parts: IdentityParts): Promise<Identity> {
  const { caller, authorization, cookieSession } = identity;
  const params = { sid: caller.sessionId ?? '' };
  const { active, rights } = await call(parts.sidecar, sessionState, { params, body: {} });
  if (!active) throw unauthorized();
  if (!rights || isUpToDate(caller, rights)) return identity;
  if (cookieSession === null) throw unauthorized();
  const tokens = await parts.sessions.renew(
    cookieSession,
    (each) => bearerOf(each) === authorization,
  );
  if (!tokens) throw unauthorized();
  return identityOf(bearerOf(tokens), cookieSession, parts);
}

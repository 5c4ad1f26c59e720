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

/** Caller, and the credentials that identify the caller. */
export interface Identity {
  caller: Caller;
  /** `Authorization` header that services receive. */
  authorization: string;
  /** Session id of the cookie, when the cookie identifies the caller. */
  cookieSession: string | null;
}

/** Dependencies of identification. */
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
 * Identifies the caller by the bearer token or the cookie's session. When both are sent, the token
 * counts (with `preferCookie`, the cookie), and both must belong to one person; a cookie of an
 * ended session is ignored. Throws 400 for two people, 401 for none, 403 `csrf` for a forged
 * change.
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

/** Returns true when the token has the current role and permissions of its holder. */
function isUpToDate({ role, permissions }: Caller, now: Rights): boolean {
  const held = new Set<string>(permissions);
  const isSame = held.size === now.permissions.length && now.permissions.every((p) => held.has(p));
  return isSame && role === now.role;
}

/**
 * Confirms the identity at Auth: the session is active, and the token has the current role and
 * permissions. An outdated token of a cookie's session is exchanged; other clients must exchange
 * theirs after the 401. Throws 401, or 503 `unavailable` when Auth does not answer.
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

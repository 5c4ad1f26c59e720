import type { Context } from 'koa';
import { badRequest, forbidden } from '../shared/kernel/errors';

/** `__Host-`: browsers take it only with Secure, for this host alone and for all paths. */
const NAME = '__Host-popug';
const COOKIE = new RegExp(`(?<=^|;\\s*)${NAME}=([\\w-]{43})(?=\\s*(?:;|$))`, 'g');
const ATTRIBUTES = 'Path=/; Secure; HttpOnly; SameSite=Lax';
const CSRF_HEADER = 'x-popug-csrf';
/** They change nothing (RFC 9110, section 9.2.1). */
const SAFE = ['GET', 'HEAD'];

/** The session id of a `Cookie` header, or null. Throws 400 when it names two sessions. */
export function sessionIdOf(cookies: string | undefined): string | null {
  const ids = new Set([...(cookies ?? '').matchAll(COOKIE)].map(([, id]) => id!));
  if (ids.size > 1) throw badRequest('The cookie names two sessions');
  const [id = null] = ids;
  return id;
}

/** A `Set-Cookie` header that hands this session to the browser until it is closed. */
export function cookieFor(sessionId: string): string {
  return `${NAME}=${sessionId}; ${ATTRIBUTES}`;
}

/** A `Set-Cookie` header that takes the session away again. */
export const endedCookie = `${NAME}=; ${ATTRIBUTES}; Max-Age=0`;

/**
 * A browser sends cookies along for pages that are not ours; a header of our own it does not.
 * Throws 403 for a change without it.
 */
export function refuseForgery(ctx: Context): void {
  if (SAFE.includes(ctx.method) || ctx.get(CSRF_HEADER) !== '') return;
  throw forbidden('Changes with a session cookie need the header X-Popug-Csrf: 1', 'csrf');
}

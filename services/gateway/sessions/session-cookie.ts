import type { Context } from 'koa';
import { badRequest, forbidden } from '../../shared/kernel/errors';

/** `__Host-`: browsers take it only with Secure, for this host alone and for all paths. */
const NAME = '__Host-popug';
const COOKIE = new RegExp(`(?<=^|;\\s*)${NAME}=([\\w-]{43})(?=\\s*(?:;|$))`, 'g');
const ATTRIBUTES = 'Path=/; Secure; HttpOnly; SameSite=Lax';
const DEVICE_NAME = '__Host-popug-device';
const DEVICE_COOKIE = new RegExp(`(?:^|;\\s*)${DEVICE_NAME}=([\\w-]{43})(?:;|$)`);
/** Auth forgets a device sooner or later by itself; each login renews both. */
const DEVICE_SECONDS = 180 * 24 * 60 * 60;
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

/** The mark of a device that somebody was let in with before, or null. */
export function deviceOf(cookies: string | undefined): string | null {
  return DEVICE_COOKIE.exec(cookies ?? '')?.[1] ?? null;
}

/** A `Set-Cookie` header that leaves the mark of the device, which outlives sessions. */
export function deviceCookieFor(device: string): string {
  return `${DEVICE_NAME}=${device}; ${ATTRIBUTES}; Max-Age=${DEVICE_SECONDS}`;
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

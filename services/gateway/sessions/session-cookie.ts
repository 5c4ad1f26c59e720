import type { Context } from 'koa';
import { badRequest, forbidden } from '../../shared/kernel/errors';

/**
 * `__Host-`: browsers accept the cookie only with Secure, for this host alone and for all paths.
 */
const NAME = '__Host-popug';
const COOKIE = new RegExp(`(?<=^|;\\s*)${NAME}=([\\w-]{43})(?=\\s*(?:;|$))`, 'g');
const ATTRIBUTES = 'Path=/; Secure; HttpOnly; SameSite=Lax';
const DEVICE_NAME = '__Host-popug-device';
const DEVICE_COOKIE = new RegExp(`(?:^|;\\s*)${DEVICE_NAME}=([\\w-]{43})(?:;|$)`);
/** Lifetime of the device cookie; each login renews it and the device at Auth. */
const DEVICE_SECONDS = 180 * 24 * 60 * 60;
const CSRF_HEADER = 'x-popug-csrf';
/** Safe methods (RFC 9110, section 9.2.1). */
const SAFE = ['GET', 'HEAD'];

/** Returns the session id of a `Cookie` header, or null. Throws 400 when it names two sessions. */
export function sessionIdOf(cookies: string | undefined): string | null {
  const ids = new Set([...(cookies ?? '').matchAll(COOKIE)].map(([, id]) => id!));
  if (ids.size > 1) throw badRequest('The cookie names two sessions');
  const [id = null] = ids;
  return id;
}

/**
 * Returns a `Set-Cookie` header with the session id; browsers delete the cookie when they close.
 */
export function cookieFor(sessionId: string): string {
  return `${NAME}=${sessionId}; ${ATTRIBUTES}`;
}

/** Returns the device token of a device that its owner logged in with before, or null. */
export function deviceOf(cookies: string | undefined): string | null {
  return DEVICE_COOKIE.exec(cookies ?? '')?.[1] ?? null;
}

/** Returns a `Set-Cookie` header with the device token, which outlives sessions. */
export function deviceCookieFor(device: string): string {
  return `${DEVICE_NAME}=${device}; ${ATTRIBUTES}; Max-Age=${DEVICE_SECONDS}`;
}

/** `Set-Cookie` header that deletes the session cookie. */
export const endedCookie = `${NAME}=; ${ATTRIBUTES}; Max-Age=0`;

/**
 * CSRF guard: browsers send cookies with cross-site requests, but do not add custom headers to
 * them. Throws 403 `csrf` for a change without the header.
 */
export function refuseForgery(ctx: Context): void {
  if (SAFE.includes(ctx.method) || ctx.get(CSRF_HEADER) !== '') return;
  throw forbidden('Changes with a session cookie need the header X-Popug-Csrf: 1', 'csrf');
}

import type { IncomingHttpHeaders } from 'node:http';
import type { Middleware } from 'koa';
import { forbidden } from '../kernel/errors';

/** This machine, or a name without a dot: nobody outside can have one, so no DNS turns it to us. */
const INNER_NAME = /^(127\.0\.0\.1|\[::1\]|[a-z0-9-]+)(:\d+)?$/i;

/**
 * Whether a request comes from a page of the server itself, from the address line or from a
 * program that is no browser. Refused: a name that others can own (DNS rebinding), a foreign
 * `Origin` (forms and scripts of other sites), and what other sites load or frame (Fetch Metadata,
 * W3C). A link to a page may be followed.
 */
export function isOwnRequest(headers: IncomingHttpHeaders): boolean {
  const { host, origin } = headers;
  if (!host || !INNER_NAME.test(host)) return false;
  if (origin !== undefined && origin.toLowerCase() !== `http://${host.toLowerCase()}`) return false;
  const site = headers['sec-fetch-site'];
  if (site === undefined || site === 'none' || site === 'same-origin') return true;
  return headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document';
}

/**
 * Answers no foreign origin: for servers without login that are reached on this machine or inside a
 * cluster. Throws 403.
 */
export function ownOriginOnly(): Middleware {
  return async (ctx, next) => {
    if (!isOwnRequest(ctx.headers)) throw forbidden('Only pages of this server may ask');
    await next();
  };
}

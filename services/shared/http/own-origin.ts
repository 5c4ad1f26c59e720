import type { IncomingHttpHeaders } from 'node:http';
import { isIP } from 'node:net';
import type { Middleware } from 'koa';
import { forbidden } from '../kernel/errors';

/** A name without a dot: nobody outside can have one. */
const INNER_NAME = /^[a-z0-9-]+$/i;

/** True for hosts that no DNS of a stranger turns to us: inner names and plain addresses. */
function isInnerHost(host: string): boolean {
  const name = host.replace(/:\d+$/, '');
  return INNER_NAME.test(name) || isIP(name.replace(/^\[(.*)\]$/, '$1')) > 0;
}

/**
 * Whether a request comes from a page of the server itself, from the address line or from a
 * program that is no browser. Refused: a name that others can own (DNS rebinding), a foreign
 * `Origin` (forms and scripts of other sites), and what other sites load or frame (Fetch Metadata,
 * W3C). A link to a page may be followed.
 */
export function isOwnRequest(headers: IncomingHttpHeaders): boolean {
  const { host, origin } = headers;
  if (!host || !isInnerHost(host)) return false;
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

import type { IncomingHttpHeaders } from 'node:http';
import { isIP } from 'node:net';
import type { Middleware } from 'koa';
import { forbidden } from '../kernel/errors';

/** Host name without a dot: no outsider can own one. */
const INNER_NAME = /^[a-z0-9-]+$/i;

/** Returns whether no foreign DNS can point this host at us: inner names and IP addresses. */
function isInnerHost(host: string): boolean {
  const name = host.replace(/:\d+$/, '');
  return INNER_NAME.test(name) || isIP(name.replace(/^\[(.*)\]$/, '$1')) > 0;
}

/**
 * Returns whether a request comes from a page of this server, from the address bar, or from a
 * program that is no browser. False for host names that others can own (DNS rebinding), for a
 * foreign `Origin` (forms and scripts of other sites), and for what other sites load or frame
 * (Fetch Metadata, W3C). True for a link that is followed.
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
 * Refuses foreign origins (CSRF, DNS rebinding): for servers without login on this machine or
 * inside a cluster. Throws 403 `forbidden`.
 */
export function ownOriginOnly(): Middleware {
  return async (ctx, next) => {
    if (!isOwnRequest(ctx.headers)) throw forbidden('Only pages of this server may ask');
    await next();
  };
}

import type { Middleware } from 'koa';
import helmet from 'koa-helmet';

const directives = {
  defaultSrc: ["'self'"],
  baseUri: ["'none'"],
  formAction: ["'self'"],
  frameAncestors: ["'none'"],
  objectSrc: ["'none'"],
};

/** Content sources that a page may use beside its own origin. */
type MoreSources = Partial<Record<'styleSrc' | 'imgSrc', string[]>>;

function headers(more: MoreSources): Middleware {
  return helmet({
    contentSecurityPolicy: { useDefaults: false, directives: { ...directives, ...more } },
    referrerPolicy: { policy: 'no-referrer' },
  }) as Middleware;
}

/** Sets security headers (CSP and others): browsers load, frame and run nothing foreign. */
export function securityHeaders(): Middleware {
  return headers({});
}

/** Security headers of a page that may use more sources of one kind; nothing else differs. */
export function pageSecurityHeaders(more: MoreSources): Middleware {
  return headers(more);
}

import type { Middleware } from 'koa';
import helmet from 'koa-helmet';

/** Sets security headers (CSP and others): browsers load, frame and run nothing foreign. */
export function securityHeaders(): Middleware {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        objectSrc: ["'none'"],
      },
    },
    referrerPolicy: { policy: 'no-referrer' },
  }) as Middleware;
}

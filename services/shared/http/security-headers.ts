import type { Middleware } from 'koa';
import helmet from 'koa-helmet';

/** Headers that make browsers careful: nothing foreign is loaded, framed or run. */
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

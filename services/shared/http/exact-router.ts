import Router from '@koa/router';
import type { Context, Middleware } from 'koa';
import { Problem } from '../kernel/errors';

const METHOD_NOT_ALLOWED = 405;

/** A router to which `/Tasks` and `/tasks/` are other paths than `/tasks`: one name per thing. */
export function exactRouter(): Router {
  return new Router({ sensitive: true, strict: true });
}

/** Refuses a path that is there with other methods only (RFC 9110, 15.5.6). Throws 405. */
export function refuseMethod(ctx: Context, allowed: readonly string[]): never {
  ctx.set('allow', allowed.join(', '));
  throw new Problem(METHOD_NOT_ALLOWED, 'method-not-allowed', 'Not with this method');
}

/** Stands behind routers: refuses what they know by its path, but not with this method. 405. */
export const knownMethodsOnly: Middleware = async (ctx, next) => {
  const { matched = [] } = ctx as { matched?: readonly { methods: string[] }[] };
  const allowed = new Set(matched.flatMap(({ methods }) => methods));
  if (allowed.size > 0) refuseMethod(ctx, [...allowed].sort());
  await next();
};

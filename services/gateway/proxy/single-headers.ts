import type { Middleware } from 'koa';
import { badRequest } from '../../shared/kernel/errors';

/** Of these only one makes sense; Node.js takes the first, others the last (RFC 9110, 5.3). */
const SINGLE = ['authorization', 'content-type', 'idempotency-key'];

/** Lets in only requests that say each of these things once: who reads it next agrees. 400. */
export const singleHeadersOnly: Middleware = async (ctx, next) => {
  const twice = SINGLE.find((name) => (ctx.req.headersDistinct[name]?.length ?? 0) > 1);
  if (twice !== undefined) throw badRequest(`The header ${twice} comes twice`);
  await next();
};

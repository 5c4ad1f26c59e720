import type { Middleware } from 'koa';
import { badRequest } from '../../shared/kernel/errors';

/**
 * Headers that must not be repeated: Node.js uses the first value, other programs the last (RFC
 * 9110, section 5.3).
 */
const SINGLE = ['authorization', 'content-type', 'idempotency-key'];

/**
 * Refuses requests that repeat one of these headers, so that every reader sees one value. Throws
 * 400.
 */
export const singleHeadersOnly: Middleware = async (ctx, next) => {
  const twice = SINGLE.find((name) => (ctx.req.headersDistinct[name]?.length ?? 0) > 1);
  if (twice !== undefined) throw badRequest(`The header ${twice} comes twice`);
  await next();
};

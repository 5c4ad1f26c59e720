import { timingSafeEqual } from 'node:crypto';
import Koa, { type Middleware } from 'koa';
import { unauthorized } from '../kernel/errors';
import { newId } from '../kernel/ids';
import { traceparentOrNew, withContext } from '../observability/context';
import type { Logger } from '../observability/logger';
import type { Metrics } from '../observability/metrics';
import { answerProblems } from './problems';
import { textTargetsOnly } from './utf8';

const REQUEST_ID = /^[\w-]{8,64}$/;
const MS_PER_SECOND = 1_000;

export interface AppOptions {
  logger: Logger;
  metrics: Metrics;
  /** In the order in which a request passes them. */
  middleware: readonly Middleware[];
}

/** Sets request id and trace context: those of the request when well formed, else new ones. */
const identify: Middleware = async (ctx, next) => {
  const given = ctx.get('x-request-id');
  const requestId = REQUEST_ID.test(given) ? given : newId();
  const traceparent = traceparentOrNew(ctx.get('traceparent') || undefined);
  ctx.set('x-request-id', requestId);
  await withContext({ requestId, traceparent }, next);
};

/** Writes one log line and one measurement per request; health probes are left out. */
function observe({ logger, metrics }: AppOptions): Middleware {
  return async (ctx, next) => {
    const startedAt = performance.now();
    await next();
    if (ctx.path.startsWith('/health/')) return;
    const ms = performance.now() - startedAt;
    const route = String(ctx['_matchedRoute'] ?? 'none');
    const labels = { method: ctx.method, route, status: String(ctx.status) };
    metrics.httpRequests.observe(labels, ms / MS_PER_SECOND);
    logger.info({ ...labels, ms: Math.round(ms) }, 'request');
  };
}

/** Creates a Koa application with ids, logs, metrics and problem answers around its middleware. */
export function createKoa(options: AppOptions): Koa {
  const koa = new Koa();
  koa.silent = true;
  koa.use(identify);
  koa.use(observe(options));
  koa.use(answerProblems(options.logger));
  koa.use(textTargetsOnly);
  for (const middleware of options.middleware) koa.use(middleware);
  return koa;
}

/**
 * Lets in only requests from our own sidecar: `dapr-api-token` must equal `token`
 * (`APP_API_TOKEN`). Throws 401 `unauthorized`.
 */
export function sidecarOnly(token: string): Middleware {
  const expected = Buffer.from(token);
  return async (ctx, next) => {
    const given = Buffer.from(ctx.get('dapr-api-token'));
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
      throw unauthorized();
    }
    await next();
  };
}

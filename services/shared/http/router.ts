import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import Router from '@koa/router';
import type { Context, Middleware } from 'koa';
import { Problem, notFound } from '../kernel/errors';
import { invariant } from '../kernel/invariant';
import { currentContext } from '../observability/context';
import type { Logger } from '../observability/logger';
import type { TokenVerifier } from './access-token';
import { documentBody, refuseDuplicateKeys } from './body';
import { ANONYMOUS, demand, type Caller } from './caller';
import { END_MARK_HEADER, HEAD_ONLY_HEADER, endMarkOf, withEndMark } from './end-mark';
import { NO_STORE, noTransform } from './no-transform';
import { basedOnOf, idempotencyKeyOf } from './request-checks';
import type { Answer, Route } from './route';

const METHOD_NOT_ALLOWED = 405;

/** Returns a router with exact paths: `/Tasks` and `/tasks/` are not `/tasks`. */
export function exactRouter(): Router {
  return new Router({ sensitive: true, strict: true });
}

/** Throws 405 `method-not-allowed` for a path that exists with other methods (RFC 9110, 15.5.6). */
export function refuseMethod(ctx: Context, allowed: readonly string[]): never {
  ctx.set('allow', allowed.join(', '));
  throw new Problem(METHOD_NOT_ALLOWED, 'method-not-allowed', 'Not with this method');
}

/** Middleware behind routers. Throws 405 when a route has the path but not the method. */
export const knownMethodsOnly: Middleware = async (ctx, next) => {
  const { matched = [] } = ctx as { matched?: readonly { methods: string[] }[] };
  const allowed = new Set(matched.flatMap(({ methods }) => methods));
  if (allowed.size > 0) refuseMethod(ctx, [...allowed].sort());
  await next();
};

export interface RouterOptions {
  verifier: TokenVerifier;
  logger: Logger;
  /** Validate answers against their schemas too: in tests. */
  checkAnswers?: boolean;
}

/** Converts `{id}` of our paths and of OpenAPI to the router's `:id`. */
function routerPath(path: string): string {
  return path.replace(/\{(\w+)\}/g, ':$1');
}

/**
 * Returns the caller. Throws 401 without a valid token, 403 without the permission, 404 for a
 * service that is not named.
 */
async function admit(ctx: Context, { access }: Route, verifier: TokenVerifier): Promise<Caller> {
  if (access.allow === 'anybody') return ANONYMOUS;
  if (access.allow === 'services') {
    if (!access.callers.includes(ctx.get('dapr-caller-app-id'))) throw notFound('Route');
    return ANONYMOUS;
  }
  const caller = await verifier.verify(ctx.get('authorization') || undefined);
  currentContext().userId = caller.id;
  if (access.allow !== 'signed-in') demand(caller, access.allow);
  return caller;
}

/**
 * Streams a body, without waiting for its end; when the body fails, the connection is broken, so
 * that half an answer never looks complete.
 */
function stream(ctx: Context, body: Readable, logger: Logger): void {
  ctx.respond = false;
  const mark = endMarkOf(ctx.get(END_MARK_HEADER));
  if (mark !== null) ctx.set(END_MARK_HEADER, mark);
  const { path, res } = ctx;
  if (ctx.method === 'HEAD' || ctx.get(HEAD_ONLY_HEADER) !== '') {
    body.destroy();
    res.end();
    return;
  }
  const sent = mark === null ? pipeline(body, res) : pipeline(body, withEndMark(mark), res);
  sent.catch((error: unknown) => {
    const isGone = (error as { code?: string }).code === 'ERR_STREAM_PREMATURE_CLOSE';
    if (isGone) logger.info({ path }, 'a client left before the end of an answer');
    else logger.error({ err: error, path }, 'an answer broke off');
  });
}

function send(ctx: Context, route: Route, answer: Answer, options: RouterOptions): void {
  if (options.checkAnswers) {
    const schema = route.spec.answers[answer.status];
    invariant(schema !== undefined, `${route.key} does not document status ${answer.status}`);
    const result = answer.body instanceof Readable ? null : schema?.safeParse(answer.body);
    invariant(
      result?.success !== false,
      `${route.key} broke its schema: ${result?.error?.message}`,
    );
  }
  ctx.status = answer.status;
  if (answer.attachment !== undefined) ctx.attachment(answer.attachment);
  ctx.set(answer.headers ?? {});
  if (answer.body instanceof Readable) stream(ctx, answer.body, options.logger);
  else if (answer.body !== undefined) ctx.body = answer.body;
  if (ctx.res.hasHeader('etag')) {
    const said = ctx.response.get('cache-control') as string | undefined;
    ctx.set('cache-control', noTransform(said ?? NO_STORE));
  }
}

function handler(route: Route, options: RouterOptions): Middleware {
  return async (ctx) => {
    const caller = await admit(ctx, route, options.verifier);
    const body = ctx.request.body as unknown;
    const closed = new AbortController();
    ctx.res.once('close', () => closed.abort());
    if (ctx.request.rawBody) refuseDuplicateKeys(ctx.request.rawBody, body);
    const answer = await route.handle({
      params: ctx['params'] as unknown,
      query: { ...ctx.query },
      body,
      caller,
      ifMatch: route.method === 'PATCH' ? basedOnOf(ctx.get('if-match')) : null,
      idempotencyKey: idempotencyKeyOf(ctx.get('idempotency-key')),
      target: `${ctx.method} ${ctx.path}`,
      headers: ctx.headers as Record<string, string | undefined>,
      signal: closed.signal,
    });
    send(ctx, route, answer, options);
  };
}

/**
 * Mounts the routes whose bodies are documents, before `jsonBody`, which refuses those bodies. The
 * caller is admitted before the body is read.
 */
export function mountDocumentRoutes(
  routes: readonly Route[],
  options: RouterOptions,
): Middleware[] {
  const router = exactRouter();
  for (const route of routes) {
    const { consumes } = route.spec;
    if (!consumes) continue;
    const admitted: Middleware = async (ctx, next) => {
      await admit(ctx, route, options.verifier);
      await next();
    };
    const steps = [admitted, documentBody(consumes), handler(route, options)];
    router.register(routerPath(route.path), [route.method], steps);
  }
  return [router.routes() as Middleware];
}

/** Mounts the routes: policy, validation, handler, answer; 405 for other methods of their paths. */
export function mountRoutes(routes: readonly Route[], options: RouterOptions): Middleware[] {
  const router = exactRouter();
  for (const route of routes.filter(({ spec }) => !spec.consumes)) {
    router.register(routerPath(route.path), [route.method], [handler(route, options)]);
  }
  return [router.routes() as Middleware, knownMethodsOnly];
}

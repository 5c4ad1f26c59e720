import type { Context, Middleware } from 'koa';
import { requireType } from '../../shared/http/body';
import { PREFIX_HEADER } from '../../shared/http/problems';
import { idempotencyKeyOf } from '../../shared/http/request-checks';
import { badRequest } from '../../shared/kernel/errors';
import { newId } from '../../shared/kernel/ids';
import { currentContext } from '../../shared/observability/context';
import { API_PREFIX, OURSELVES, type Operation } from '../api/open-api';
import type { OutgoingRequest, Upstream } from '../clients/upstream';
import { admissionOf, type Admission } from './admission';
import type { Idempotency } from './idempotency';
import { hasBody, readBody } from './request-body';

const KEY_HEADER = 'idempotency-key';
/** Allow list of client headers that services receive; the gateway sets all other headers. */
const PASSED_ON = [
  'accept',
  'accept-language',
  'authorization',
  'content-type',
  'if-match',
  'x-forwarded-for',
];
/** Printable ASCII, because sidecars pass headers on as gRPC metadata; longer than any token. */
const PASSABLE = /^[\x20-\x7e]{0,2000}$/;

function passable(ctx: Context, name: string): string {
  const value = ctx.get(name);
  if (!PASSABLE.test(value)) throw badRequest(`The header ${name} is too long or not plain text`);
  return value;
}

/**
 * Returns the client's `Idempotency-Key`, or null where none is used. Throws 400 when it is too
 * long.
 */
function keyOf(ctx: Context, { method, isLogin }: Operation): string | null {
  return method === 'POST' && !isLogin ? idempotencyKeyOf(passable(ctx, KEY_HEADER)) : null;
}

function headersOf(ctx: Context, key: string | null): Record<string, string> {
  const { requestId, traceparent } = currentContext();
  const headers: Record<string, string> = { [PREFIX_HEADER]: API_PREFIX };
  for (const name of PASSED_ON) {
    const value = passable(ctx, name);
    if (value !== '') headers[name] = value;
  }
  if (requestId !== undefined) headers['x-request-id'] = requestId;
  if (traceparent !== undefined) headers['traceparent'] = traceparent;
  // Sidecars retry calls that failed to arrive: with a key, also a retry has one effect.
  if (ctx.method === 'POST') headers[KEY_HEADER] = key ?? newId();
  return headers;
}

async function outgoing(
  ctx: Context,
  { operation }: Admission,
  key: string | null,
): Promise<OutgoingRequest> {
  const body = hasBody(ctx.req);
  if (body) requireType(ctx, [operation.bodyType]);
  return {
    service: operation.service,
    method: ctx.method,
    path: ctx.originalUrl.slice(API_PREFIX.length),
    headers: headersOf(ctx, key),
    body: body ? await readBody(ctx.req, operation.bodyLimitBytes) : null,
  };
}

/** Passes admitted requests on to the service that answers them. */
export function proxy(upstream: Upstream, idempotency: Idempotency): Middleware {
  return async (ctx, next) => {
    const admission = admissionOf(ctx);
    if (!admission || admission.operation.service === OURSELVES) return next();
    const key = keyOf(ctx, admission.operation);
    const request = await outgoing(ctx, admission, key);
    if (ctx.method === 'HEAD') {
      const { status, headers } = await upstream.head(request);
      ctx.res.writeHead(status, headers).end();
    } else if (key === null) {
      await upstream.stream(request, ctx.res);
    } else {
      const { method, path } = ctx;
      const content = [ctx.querystring, request.body ?? ''];
      const keyed = { who: admission.caller.id, method, path, key, content };
      const { answer, isReplayed } = await idempotency.once(keyed, () => upstream.collect(request));
      if (isReplayed) ctx.set('idempotency-replayed', 'true');
      ctx.res.writeHead(answer.status, answer.headers).end(answer.body);
    }
    // The response is already written: Koa must not write one.
    ctx.respond = false;
  };
}

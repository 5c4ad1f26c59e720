import type { Context, Middleware } from 'koa';
import { idempotencyKeyOf } from '../shared/http/request-checks';
import { newId } from '../shared/kernel/ids';
import { Problem } from '../shared/kernel/errors';
import { currentContext } from '../shared/observability/context';
import { admissionOf, type Admission } from './admission';
import { API_PREFIX } from './open-api';
import { hasBody, readBody, requireJson } from './request-body';
import type { OutgoingRequest, Upstream } from './upstream';

const HEADER_TOO_LARGE = 431;
const MAX_HEADER_LENGTH = 1_000;

/** Of what a client sends, services see this; everything else they see is the gateway's word. */
const PASSED_ON = ['accept', 'accept-language', 'content-type', 'if-match'];

function passedOn(ctx: Context): Record<string, string> {
  const result: Record<string, string> = {};
  for (const name of PASSED_ON) {
    const value = ctx.get(name);
    if (value.length > MAX_HEADER_LENGTH) {
      const options = { detail: `${name} is longer than ${MAX_HEADER_LENGTH} characters` };
      throw new Problem(HEADER_TOO_LARGE, 'header-too-large', 'A header is too long', options);
    }
    if (value !== '') result[name] = value;
  }
  return result;
}

function headersOf(ctx: Context, { authorization }: Admission): Record<string, string> {
  const { requestId, traceparent } = currentContext();
  const headers = passedOn(ctx);
  headers['x-forwarded-for'] = ctx.ip;
  if (requestId !== undefined) headers['x-request-id'] = requestId;
  if (traceparent !== undefined) headers['traceparent'] = traceparent;
  if (authorization !== null) headers['authorization'] = authorization;
  // Without the client's key a repeat by a sidecar would still be two: each POST gets one.
  if (ctx.method === 'POST') {
    headers['idempotency-key'] = idempotencyKeyOf(ctx.get('idempotency-key')) ?? newId();
  }
  return headers;
}

async function outgoing(ctx: Context, admission: Admission): Promise<OutgoingRequest> {
  const body = hasBody(ctx.req);
  if (body) requireJson(ctx);
  return {
    service: admission.operation.service,
    method: ctx.method,
    path: ctx.originalUrl.slice(API_PREFIX.length),
    headers: headersOf(ctx, admission),
    body: body ? await readBody(ctx.req) : null,
  };
}

/** Passes admitted requests on to the service that answers them. */
export function proxy(upstream: Upstream): Middleware {
  return async (ctx, next) => {
    const admission = admissionOf(ctx);
    if (!admission) return next();
    const request = await outgoing(ctx, admission);
    await upstream.stream(request, ctx.res);
    ctx.respond = false;
  };
}

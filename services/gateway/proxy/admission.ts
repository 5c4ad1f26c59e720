import type { Context, Middleware } from 'koa';
import { requireJson } from '../../shared/http/body';
import { ANONYMOUS, type Caller } from '../../shared/http/caller';
import { NO_STORE } from '../../shared/http/no-transform';
import { refuseMethod } from '../../shared/http/router';
import { Problem, notFound } from '../../shared/kernel/errors';
import { currentContext } from '../../shared/observability/context';
import { API_PREFIX, OURSELVES, type Operation } from '../api/open-api';
import type { OperationTable } from '../api/operation-table';
import { confirm, identify, type Identity, type IdentityParts } from '../sessions/identity';
import type { RateLimits } from './rate-limits';
import { hasBody } from './request-body';

const URI_TOO_LONG = 414;
/** Sidecars accept 8 kB of request line and headers together. */
const MAX_TARGET_LENGTH = 4_096;

/** Admitted request: its operation and its caller. */
export interface Admission {
  operation: Operation;
  caller: Caller;
}

/** Dependencies of admission. */
export interface AdmissionParts extends IdentityParts {
  operations: OperationTable;
  limits: RateLimits;
}

/** Returns what `admit` found out about the request; null outside the API. */
export function admissionOf(ctx: Context): Admission | null {
  return (ctx.state as { admission?: Admission }).admission ?? null;
}

/**
 * Returns the path as received: Koa's own path drops hosts and fragments, which must be refused.
 */
function rawPath({ originalUrl }: Context): string {
  const query = originalUrl.indexOf('?');
  return query < 0 ? originalUrl : originalUrl.slice(0, query);
}

function operationFor(ctx: Context, path: string, operations: OperationTable): Operation {
  if (ctx.originalUrl.length > MAX_TARGET_LENGTH) {
    throw new Problem(URI_TOO_LONG, 'uri-too-long', 'The address is too long');
  }
  const match = operations.find(ctx.method, path);
  if (!match) throw notFound('Route');
  if (match.operation) return match.operation;
  return refuseMethod(ctx, match.allowed);
}

/**
 * Identifies the caller. Overwrites `X-Forwarded-For` with the client's address, and removes the
 * token from requests to open operations, so that services see verified headers only.
 */
async function identifyCaller(
  ctx: Context,
  { isOpen, service }: Operation,
  parts: AdmissionParts,
): Promise<Identity | null> {
  const { headers } = ctx.req;
  headers['x-forwarded-for'] = ctx.ip;
  if (!isOpen) return identify(ctx, parts, { preferCookie: service === OURSELVES });
  delete headers.authorization;
  return null;
}

/** Counts the request against its rate limit. Throws 429. */
async function count(
  { isLogin }: Operation,
  caller: Caller,
  address: string,
  limits: RateLimits,
): Promise<void> {
  if (isLogin) return limits.login(address);
  if (caller === ANONYMOUS) return limits.anonymousRequest(address);
  await limits.request(caller.id);
}

/**
 * Admits requests to the API: finds the operation, identifies the caller and counts the request.
 * All other permissions are checked by the service, which verifies the token again. Throws 400,
 * 401, 403, 404, 405, 414, 429 or 503.
 */
export function admit(parts: AdmissionParts): Middleware {
  const { operations, limits } = parts;
  return async (ctx, next) => {
    const path = rawPath(ctx);
    if (!path.startsWith(`${API_PREFIX}/`)) return next();
    ctx.set('cache-control', NO_STORE);
    const operation = operationFor(ctx, path, operations);
    ctx['_matchedRoute'] = operation.path;
    let identity = await identifyCaller(ctx, operation, parts).catch(async (error: unknown) => {
      await count(operation, ANONYMOUS, ctx.ip, limits);
      throw error;
    });
    const { caller } = identity ?? { caller: ANONYMOUS };
    currentContext().userId = caller.id;
    await count(operation, caller, ctx.ip, limits);
    if (identity && operation.isFresh) identity = await confirm(identity, parts);
    if (identity) ctx.req.headers.authorization = identity.authorization;
    const admission: Admission = { operation, caller };
    Object.assign(ctx.state, { admission });
    await next();
  };
}

/** Lets only admitted requests, with a JSON body or none, reach the gateway's own routes. */
export const admittedOnly: Middleware = async (ctx, next) => {
  // The router also matches `http://anywhere/api/v1/session`, which `admit` does not check.
  if (!admissionOf(ctx)) throw notFound('Route');
  if (hasBody(ctx.req)) requireJson(ctx);
  await next();
};

import type { Context, Middleware } from 'koa';
import { sessionState } from '../shared/contracts/calls/auth';
import { call } from '../shared/dapr/invoke';
import type { Sidecar } from '../shared/dapr/sidecar';
import { ANONYMOUS, type Caller } from '../shared/http/caller';
import { Problem, notFound, unauthorized } from '../shared/kernel/errors';
import { currentContext } from '../shared/observability/context';
import { API_PREFIX, type Operation } from './open-api';
import type { OperationTable } from './operation-table';
import type { RateLimits } from './rate-limits';
import type { TokenCache } from './token-cache';

const METHOD_NOT_ALLOWED = 405;
const URI_TOO_LONG = 414;
/** Sidecars take 8 kB of request line and headers together. */
const MAX_TARGET_LENGTH = 4_096;

/** A request that may go on: what it asks for and who asks. */
export interface Admission {
  operation: Operation;
  caller: Caller;
  /** The `Authorization` header for the service; null where nobody has to be signed in. */
  authorization: string | null;
}

export interface AdmissionParts {
  operations: OperationTable;
  tokens: TokenCache;
  limits: RateLimits;
  sidecar: Sidecar;
}

/** What `admit` found out about this request; null outside of the API. */
export function admissionOf(ctx: Context): Admission | null {
  return (ctx.state as { admission?: Admission }).admission ?? null;
}

function operationFor(ctx: Context, operations: OperationTable): Operation {
  if (ctx.originalUrl.length > MAX_TARGET_LENGTH) {
    throw new Problem(URI_TOO_LONG, 'uri-too-long', 'The address is too long');
  }
  const match = operations.find(ctx.method, ctx.path);
  if (!match) throw notFound('Route');
  if (match.operation) return match.operation;
  ctx.set('allow', match.allowed.join(', '));
  throw new Problem(METHOD_NOT_ALLOWED, 'method-not-allowed', 'Not with this method');
}

/** Throws 401 when the session was ended meanwhile, 503 when Auth can't say. */
async function requireLiveSession(caller: Caller, sidecar: Sidecar): Promise<void> {
  const params = { sid: caller.sessionId ?? '' };
  const { active } = await call(sidecar, sessionState, { params, body: {} });
  if (!active) throw unauthorized();
}

/**
 * The gate of the API: finds the operation, asks who is calling, counts, and lets in who may.
 * Whatever else a person may do is decided by the service, which checks the token again.
 * Throws 401, 403, 404, 405, 414, 429 or 503.
 */
export function admit({ operations, tokens, limits, sidecar }: AdmissionParts): Middleware {
  return async (ctx, next) => {
    if (!ctx.path.startsWith(`${API_PREFIX}/`)) return next();
    const operation = operationFor(ctx, operations);
    ctx['_matchedRoute'] = operation.path;
    const authorization = operation.isOpen ? null : ctx.get('authorization');
    const caller = authorization === null ? ANONYMOUS : await tokens.verify(authorization);
    currentContext().userId = caller.id;
    await limits.request(caller === ANONYMOUS ? ctx.ip : caller.id);
    if (operation.isFresh) await requireLiveSession(caller, sidecar);
    const admission: Admission = { operation, caller, authorization };
    Object.assign(ctx.state, { admission });
    await next();
  };
}

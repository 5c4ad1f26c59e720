import type { Middleware } from 'koa';
import { isConnectionError, isSerializationError } from '../db/errors';
import { PROBLEM_TYPE, Problem, notFound, unavailable } from '../kernel/errors';
import { currentContext } from '../observability/context';
import type { Logger } from '../observability/logger';

const NOT_FOUND = 404;
const UNAUTHORIZED = 401;
/** `WWW-Authenticate` of every 401 (RFC 9110, section 15.5.2). */
const CHALLENGE = 'Bearer';

/** Returns the body of a problem document (RFC 9457). */
export function problemBody(problem: Problem, instance: string): object {
  return {
    ...problem.members,
    type: problem.id,
    title: problem.title,
    status: problem.status,
    ...(problem.detail === undefined ? {} : { detail: problem.detail }),
    instance,
    requestId: currentContext().requestId,
    ...(problem.errors === undefined ? {} : { errors: problem.errors }),
  };
}

/** Header in which the gateway passes on the path prefix that it removed. */
export const PREFIX_HEADER = 'x-forwarded-prefix';

/** Converts an error to a problem: 503 for the database, 500 without details for the unknown. */
export function toProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (isConnectionError(error) || isSerializationError(error)) {
    return unavailable('The database', error);
  }
  return new Problem(500, 'internal-error', 'Something went wrong on our side', { cause: error });
}

/** Turns errors into answers, here only; logs those with a 5xx status, once. */
export function answerProblems(logger: Logger): Middleware {
  return async (ctx, next) => {
    try {
      await next();
      if (ctx.status === NOT_FOUND && ctx.body === undefined) throw notFound('Route');
    } catch (error) {
      const problem = toProblem(error);
      if (problem.status >= 500) logger.error({ err: error, path: ctx.path }, problem.title);
      ctx.status = problem.status;
      ctx.body = problemBody(problem, ctx.get(PREFIX_HEADER) + ctx.path);
      ctx.type = PROBLEM_TYPE;
      if (problem.status === UNAUTHORIZED) ctx.set('www-authenticate', CHALLENGE);
      if (problem.retryAfterSeconds !== undefined) {
        ctx.set('retry-after', String(Math.ceil(problem.retryAfterSeconds)));
      }
    }
  };
}

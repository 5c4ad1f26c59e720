/** Media type of a problem document (RFC 9457). */
export const PROBLEM_TYPE = 'application/problem+json';

/** One fault inside a request: where (JSON pointer, RFC 6901) and what is wrong there. */
export interface FieldFault {
  pointer: string;
  detail: string;
}

export interface ProblemOptions {
  detail?: string;
  errors?: FieldFault[];
  /** Seconds after which a repeat makes sense; sent as `Retry-After`. */
  retryAfterSeconds?: number;
  cause?: unknown;
}

/**
 * An error meant for the client: answered as `application/problem+json` (RFC 9457).
 * `id` is stable and for programs, `title` and `detail` are for people.
 */
export class Problem extends Error {
  readonly detail: string | undefined;
  readonly errors: FieldFault[] | undefined;
  readonly retryAfterSeconds: number | undefined;

  constructor(
    readonly status: number,
    readonly id: string,
    readonly title: string,
    options: ProblemOptions = {},
  ) {
    super(options.detail ? `${title}: ${options.detail}` : title, { cause: options.cause });
    this.name = 'Problem';
    this.detail = options.detail;
    this.errors = options.errors;
    this.retryAfterSeconds = options.retryAfterSeconds;
  }
}

/** 400 with a pointer for every fault found. */
export function badRequest(detail: string, errors?: FieldFault[]): Problem {
  return new Problem(400, 'bad-request', 'The request is not valid', { detail, errors });
}

/** 401. The body is the same whatever was wrong with the token: an attacker learns nothing. */
export function unauthorized(): Problem {
  return new Problem(401, 'unauthorized', 'Please log in');
}

/** 403: signed in, but not allowed. `id` names the rule when it is not a missing permission. */
export function forbidden(detail: string, id = 'forbidden'): Problem {
  return new Problem(403, id, 'You may not do this', { detail });
}

/** 404, also for things that exist but belong to somebody else. */
export function notFound(what: string): Problem {
  return new Problem(404, 'not-found', `${what} not found`);
}

/** 409: the state of things refuses the request; `id` names the conflict for programs. */
export function conflict(id: string, title: string, detail?: string): Problem {
  return new Problem(409, id, title, { detail });
}

/** 412: the row has another version than the `If-Match` of the request. */
export function staleVersion(): Problem {
  return new Problem(412, 'stale-version', 'Somebody changed this meanwhile: read it again');
}

/** 503 with `Retry-After`: something this request needs is away for now. */
export function unavailable(what: string, cause?: unknown): Problem {
  return new Problem(503, 'unavailable', `${what} is not available now`, {
    retryAfterSeconds: 1,
    cause,
  });
}

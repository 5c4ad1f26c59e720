/** Media type of a problem document (RFC 9457). */
export const PROBLEM_TYPE = 'application/problem+json';

/** One fault inside a request: its place (JSON pointer, RFC 6901) and what is wrong there. */
export interface FieldFault {
  pointer: string;
  /** English text, for people. */
  detail: string;
  /** Stable kebab-case id of the kind of fault, for programs and translations. */
  code: string;
  /** Values that a translation of the detail needs, such as a limit. */
  params?: Readonly<Record<string, unknown>>;
}

export interface ProblemOptions {
  detail?: string;
  errors?: FieldFault[];
  /** Delay in seconds before a retry makes sense; sent as `Retry-After`. */
  retryAfterSeconds?: number;
  /** Further members of the problem document (RFC 9457, section 3.2), for programs. */
  members?: Readonly<Record<string, unknown>>;
  cause?: unknown;
}

/**
 * An error for the client, answered as `application/problem+json` (RFC 9457). `id` is stable, for
 * programs; `title` and `detail` are for people.
 */
export class Problem extends Error {
  readonly detail: string | undefined;
  readonly errors: FieldFault[] | undefined;
  readonly retryAfterSeconds: number | undefined;
  readonly members: Readonly<Record<string, unknown>> | undefined;

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
    this.members = options.members;
  }
}

/** Returns a 400 `bad-request`; `errors` points at each fault. */
export function badRequest(detail: string, errors?: FieldFault[]): Problem {
  return new Problem(400, 'bad-request', 'The request is not valid', { detail, errors });
}

/** Returns a 401 `unauthorized`, the same for every fault of a token: attackers learn nothing. */
export function unauthorized(): Problem {
  return new Problem(401, 'unauthorized', 'Please log in');
}

/** Returns a 403: logged in, but not allowed. `id` names the rule when no permission is missing. */
export function forbidden(detail: string, id = 'forbidden'): Problem {
  return new Problem(403, id, 'You may not do this', { detail });
}

/** Returns a 404 `not-found`, also for things that exist but belong to somebody else. */
export function notFound(what: string): Problem {
  return new Problem(404, 'not-found', `${what} not found`);
}

/** Returns a 409; `id` names the conflict for programs. */
export function conflict(id: string, title: string, detail?: string): Problem {
  return new Problem(409, id, title, { detail });
}

/** Returns a 412 `stale-version`: the row has another version than `If-Match` names. */
export function staleVersion(): Problem {
  return new Problem(412, 'stale-version', 'Somebody changed this meanwhile: read it again');
}

/** Returns a 503 `unavailable` with `Retry-After`: something the request needs is away for now. */
export function unavailable(what: string, cause?: unknown): Problem {
  return new Problem(503, 'unavailable', `${what} is not available now`, {
    retryAfterSeconds: 1,
    cause,
  });
}

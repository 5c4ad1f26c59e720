import type { components } from './schema';

type Body = components['schemas']['Problem'];

/** Fault of one field of a request; `pointer` is a JSON pointer (RFC 6901). */
export type FieldFault = NonNullable<Body['errors']>[number];

/** Type of a request that got no answer. */
export const NO_ANSWER = 'no-answer';

const MS = 1_000;

/** Refusal of a request (RFC 9457), or its failure: thrown by every call of the client. */
export class Problem extends Error {
  override readonly name = 'Problem';

  constructor(
    /** Stable id, e.g. `distributed-meanwhile`; `no-answer` for a network fault. */
    readonly type: string,
    /** HTTP status; 0 without an answer. */
    readonly status: number,
    /** Everything the server said; members of its own beside those of RFC 9457. */
    readonly body: Partial<Body> & Record<string, unknown>,
    /** Delay that the server asked for, in milliseconds; null for none. */
    readonly retryAfterMs: number | null = null,
    options?: ErrorOptions,
  ) {
    super(body.title ?? type, options);
  }

  /** Id of the request in the logs; null without an answer. */
  get requestId(): string | null {
    return this.body.requestId ?? null;
  }

  get faults(): readonly FieldFault[] {
    return this.body.errors ?? [];
  }

  /** Nobody could do it now: the same request may succeed later. */
  get isAway(): boolean {
    return this.status === 0 || this.status === 502 || this.status === 503 || this.status === 504;
  }

  /** The same request is still being answered: asked again, it gets the same answer. */
  get isRunning(): boolean {
    return this.type === 'still-running';
  }
}

function retryAfterOf(response: Response): number | null {
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
  return Number.isFinite(seconds) ? seconds * MS : null;
}

/** Reads a refusal; one that is no problem document (a proxy's page) keeps its status. */
export async function problemOf(response: Response): Promise<Problem> {
  const isDocument = response.headers.get('content-type')?.includes('json') ?? false;
  const body = isDocument ? ((await response.json()) as Partial<Body>) : {};
  const type = body.type ?? `status-${response.status}`;
  return new Problem(type, response.status, body, retryAfterOf(response));
}

/** Returns the problem of a failed request: without an answer it is a network fault. */
export function toProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  return new Problem(NO_ANSWER, 0, { title: String(error) }, null, { cause: error });
}

const READ_TRIES = 3;
const STILL_RUNNING_TRIES = 5;
const FIRST_DELAY_MS = 500;
const LONGEST_DELAY_MS = 8_000;

/** Whether a request is sent again by itself, after `failures` failures. */
export function isRetried(failures: number, error: unknown): boolean {
  const problem = toProblem(error);
  if (problem.isRunning) return failures < STILL_RUNNING_TRIES;
  return (problem.isAway || problem.status === 429) && failures < READ_TRIES;
}

/**
 * Whether a change is sent again by itself: like a read, but for 429: its button counts down, and a
 * person decides.
 */
export function isChangeRetried(failures: number, error: unknown): boolean {
  return toProblem(error).status !== 429 && isRetried(failures, error);
}

/** Delay before the next try: what the server asked for, else growing, with jitter. */
export function retryDelayMs(failures: number, error: unknown): number {
  const problem = toProblem(error);
  if (problem.retryAfterMs !== null) return problem.retryAfterMs;
  if (problem.isRunning) return MS;
  const ms = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** failures);
  return ms / 2 + (Math.random() * ms) / 2;
}

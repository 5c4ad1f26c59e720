import { createHash } from 'node:crypto';
import type { StateStore } from '../shared/dapr/state';
import { Problem, conflict } from '../shared/kernel/errors';
import type { Logger } from '../shared/observability/logger';
import type { WholeAnswer } from './upstream';

/** Longer than any request takes. */
const RUNNING_SECONDS = 60;
const KEPT_SECONDS = 24 * 60 * 60;
const UNPROCESSABLE = 422;
const FIRST_REFUSAL = 400;
const FIRST_FAILURE = 500;
/** Refusals that another try may overcome. */
const PASSING = [401, 403, 408, 409, 429];

/** What makes two requests the same one. */
export interface KeyedRequest {
  /** User id, or `anonymous`. */
  who: string;
  method: string;
  path: string;
  key: string;
  /** Query and body: the same key must not be used with others. */
  content: readonly (string | Buffer)[];
}

interface Running {
  state: 'running';
  content: string;
}

interface Done {
  state: 'done';
  content: string;
  answer: WholeAnswer;
}

type IdempotencyRecord = Running | Done;

/** An answer, and whether it is that of an earlier request. */
export interface OneAnswer {
  answer: WholeAnswer;
  isReplayed: boolean;
}

function hashOf(parts: readonly (string | Buffer)[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(createHash('sha256').update(part).digest());
  return hash.digest('hex');
}

function isKept(status: number): boolean {
  if (status < FIRST_REFUSAL) return true;
  return status < FIRST_FAILURE && !PASSING.includes(status);
}

/** Throws 422 when the key was used for something else, 409 while its request is running. */
function replay(record: IdempotencyRecord, content: string): OneAnswer {
  if (record.content !== content) {
    const detail = 'The key was used with another request';
    throw new Problem(UNPROCESSABLE, 'idempotency-key-reused', 'Take a new Idempotency-Key', {
      detail,
    });
  }
  if (record.state === 'running') {
    throw conflict('still-running', 'The same request is still running', 'Try again in a moment');
  }
  return { answer: record.answer, isReplayed: true };
}

/**
 * Gives repeats of a request, recognised by `Idempotency-Key`, the first answer again. A help
 * for clients, no promise: while the state store is away requests simply go on, and what
 * protects the effect is the service, which gets the same key.
 */
export class Idempotency {
  constructor(
    private readonly store: StateStore,
    private readonly logger: Logger,
  ) {}

  /** Runs the request, or answers for it. Throws 409, 422 and what `run` throws. */
  async once(request: KeyedRequest, run: () => Promise<WholeAnswer>): Promise<OneAnswer> {
    const { who, method, path, key } = request;
    const name = `idempotency:${hashOf([who, method, path, key])}`;
    // With the key, which is kept nowhere: a body may hold a secret that is quickly guessed.
    const content = hashOf([key, ...request.content]);
    const earlier = await this.ifStoreIsThere(() => this.begin(name, content));
    if (earlier) return replay(earlier, content);
    if (earlier === undefined) return { answer: await run(), isReplayed: false };
    try {
      const answer = await run();
      await this.ifStoreIsThere(() => this.finish(name, content, answer));
      return { answer, isReplayed: false };
    } catch (error) {
      await this.ifStoreIsThere(() => this.store.delete(name));
      throw error;
    }
  }

  /** The record of an earlier request; null when this is the first, noted as running. */
  private async begin(name: string, content: string): Promise<IdempotencyRecord | null> {
    const running: Running = { state: 'running', content };
    if (await this.store.setIfAbsent(name, running, RUNNING_SECONDS)) return null;
    return this.store.get<IdempotencyRecord>(name);
  }

  private async finish(name: string, content: string, answer: WholeAnswer): Promise<void> {
    if (!isKept(answer.status)) return this.store.delete(name);
    const done: Done = { state: 'done', content, answer };
    await this.store.set(name, done, KEPT_SECONDS);
  }

  /** What `work` gives, or undefined, noted in the log, while the state store is away. */
  private async ifStoreIsThere<T>(work: () => Promise<T>): Promise<T | undefined> {
    try {
      return await work();
    } catch (error) {
      this.logger.warn({ err: error }, 'going on without idempotency records');
      return undefined;
    }
  }
}

import { createHash } from 'node:crypto';
import type { StateStore } from '../../shared/dapr/state';
import { ANONYMOUS } from '../../shared/http/caller';
import { Problem, conflict } from '../../shared/kernel/errors';
import { newId } from '../../shared/kernel/ids';
import type { Logger } from '../../shared/observability/logger';
import type { WholeAnswer } from '../clients/upstream';

/** Expiry of a `running` record: longer than any request takes. */
const RUNNING_SECONDS = 60;
const KEPT_SECONDS = 24 * 60 * 60;
const UNPROCESSABLE = 422;
const FIRST_REDIRECT = 300;
const FIRST_REFUSAL = 400;
const FIRST_FAILURE = 500;
/** Refusals that are not stored: a retry of the same request may succeed. */
const PASSING = [401, 403, 404, 408, 409, 429];

/** Fields that make two requests the same request. */
export interface KeyedRequest {
  /** User id, or `anonymous`. */
  who: string;
  method: string;
  path: string;
  key: string;
  /** Query and body: using the key with other content is refused. */
  content: readonly (string | Buffer)[];
}

interface Running {
  state: 'running';
  content: string;
  /** Random id that distinguishes this request from one that started after its record expired. */
  owner: string;
}

interface Done {
  state: 'done';
  content: string;
  answer: WholeAnswer;
}

type IdempotencyRecord = Running | Done;

/** Answer, and whether it is a replay of an earlier request's answer. */
export interface OneAnswer {
  answer: WholeAnswer;
  isReplayed: boolean;
}

function hashOf(parts: readonly (string | Buffer)[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(createHash('sha256').update(part).digest());
  return hash.digest('hex');
}

function isOf({ owner }: Running, record: IdempotencyRecord): boolean {
  return record.state === 'running' && record.owner === owner;
}

/**
 * Returns true when the answer may be stored: successes, and refusals that a retry cannot change.
 */
function isKept(status: number): boolean {
  if (status < FIRST_REDIRECT) return true;
  const isRefusal = status >= FIRST_REFUSAL && status < FIRST_FAILURE;
  return isRefusal && !PASSING.includes(status);
}

/**
 * Returns the state store key of the request's record. Anonymous requests have no user id, so their
 * content is part of the key: two clients with the same idempotency key never share a record.
 */
function nameOf({ who, method, path, key, content }: KeyedRequest): string {
  const parts = [who, method, path, key, ...(who === ANONYMOUS.id ? content : [])];
  return `idempotency:${hashOf(parts)}`;
}

/**
 * Returns the stored answer. Throws 422 `idempotency-key-reused` when the key was used with another
 * request, 409 `still-running` while the first request is running.
 */
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
 * Replays the first answer to requests with the same `Idempotency-Key`. Best effort: while the
 * state store is unavailable, requests are passed on without records. Exactly one effect is ensured
 * by the service, which receives the same key.
 */
export class Idempotency {
  constructor(
    private readonly store: StateStore,
    private readonly logger: Logger,
  ) {}

  /**
   * Runs the request, or replays its stored answer. Throws 409 `still-running`, 422
   * `idempotency-key-reused` and what `run` throws.
   */
  async once(request: KeyedRequest, run: () => Promise<WholeAnswer>): Promise<OneAnswer> {
    const name = nameOf(request);
    // The hash includes the idempotency key, which is stored nowhere: without it, a secret in the
    // body could be guessed from the hash.
    const content = hashOf([request.key, ...request.content]);
    const running: Running = { state: 'running', content, owner: newId() };
    const earlier = await this.ifStoreIsThere(() => this.begin(name, running));
    if (earlier) return replay(earlier, content);
    if (earlier === undefined) return { answer: await run(), isReplayed: false };
    try {
      const answer = await run();
      const done: Done = { state: 'done', content, answer };
      const kept = isKept(answer.status) ? done : null;
      await this.ifStoreIsThere(() => this.finish(name, running, kept));
      return { answer, isReplayed: false };
    } catch (error) {
      await this.ifStoreIsThere(() => this.finish(name, running, null));
      throw error;
    }
  }

  /** Returns the record of an earlier request; null when this is the first, recorded as running. */
  private async begin(name: string, running: Running): Promise<IdempotencyRecord | null> {
    if (await this.store.setIfAbsent(name, running, RUNNING_SECONDS)) return null;
    const found = await this.store.get<IdempotencyRecord>(name);
    return found && isOf(running, found) ? null : found;
  }

  /**
   * Stores the answer, or deletes the record, unless the record belongs to another request by now.
   */
  private async finish(name: string, running: Running, done: Done | null): Promise<void> {
    const found = await this.store.read<IdempotencyRecord>(name);
    if (!found || !isOf(running, found.value)) return;
    if (done) await this.store.replace(name, done, found.etag, KEPT_SECONDS);
    else await this.store.deleteVersion(name, found.etag);
  }

  /** Returns the result of `work`; undefined, with a warning in the log, when `work` throws. */
  private async ifStoreIsThere<T>(work: () => Promise<T>): Promise<T | undefined> {
    try {
      return await work();
    } catch (error) {
      this.logger.warn({ err: error }, 'going on without idempotency records');
      return undefined;
    }
  }
}

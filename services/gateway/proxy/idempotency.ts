import { createHash } from 'node:crypto';
import type { StateStore } from '../../shared/dapr/state';
import { ANONYMOUS } from '../../shared/http/caller';
import { Problem, conflict } from '../../shared/kernel/errors';
import { newId } from '../../shared/kernel/ids';
import type { Logger } from '../../shared/observability/logger';
import type { WholeAnswer } from '../clients/upstream';

/** Longer than any request takes. */
const RUNNING_SECONDS = 60;
const KEPT_SECONDS = 24 * 60 * 60;
const UNPROCESSABLE = 422;
const FIRST_REDIRECT = 300;
const FIRST_REFUSAL = 400;
const FIRST_FAILURE = 500;
/** Refusals of what may change by itself: the same request may fare better a moment later. */
const PASSING = [401, 403, 404, 408, 409, 429];

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
  /** Tells the request that began from one that came after its time was over. */
  owner: string;
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

function isOf({ owner }: Running, record: IdempotencyRecord): boolean {
  return record.state === 'running' && record.owner === owner;
}

/** Only what stays true is kept: what was done, and what is wrong with the request itself. */
function isKept(status: number): boolean {
  if (status < FIRST_REDIRECT) return true;
  const isRefusal = status >= FIRST_REFUSAL && status < FIRST_FAILURE;
  return isRefusal && !PASSING.includes(status);
}

/**
 * Where the record of a request lies. Strangers have nothing that tells them apart but what they
 * send: two of them with one key must not meet, so the content is part of where they look.
 */
function nameOf({ who, method, path, key, content }: KeyedRequest): string {
  const parts = [who, method, path, key, ...(who === ANONYMOUS.id ? content : [])];
  return `idempotency:${hashOf(parts)}`;
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
    const name = nameOf(request);
    // With the key, which is kept nowhere: a body may hold a secret that is quickly guessed.
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

  /** The record of an earlier request; null when this is the first, noted as running. */
  private async begin(name: string, running: Running): Promise<IdempotencyRecord | null> {
    if (await this.store.setIfAbsent(name, running, RUNNING_SECONDS)) return null;
    const found = await this.store.get<IdempotencyRecord>(name);
    return found && isOf(running, found) ? null : found;
  }

  /** Keeps the answer, or nothing, unless the record is by now that of another request. */
  private async finish(name: string, running: Running, done: Done | null): Promise<void> {
    const found = await this.store.read<IdempotencyRecord>(name);
    if (!found || !isOf(running, found.value)) return;
    if (done) await this.store.replace(name, done, found.etag, KEPT_SECONDS);
    else await this.store.deleteVersion(name, found.etag);
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

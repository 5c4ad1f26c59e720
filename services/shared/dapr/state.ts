import { StateConcurrencyEnum } from '@dapr/dapr/enum/StateConcurrency.enum';
import { StateConsistencyEnum } from '@dapr/dapr/enum/StateConsistency.enum';
import HTTPClientState from '@dapr/dapr/implementation/Client/HTTPClient/state';
import { unavailable } from '../kernel/errors';
import { parseJson } from '../kernel/json';
import { Refused, sdkClient } from './sdk-client';
import type { Sidecar, SidecarAnswer } from './sidecar';

const STORE = 'statestore';
const NO_CONTENT = 204;
const OK = 200;
const CONFLICT = 409;
/** Compare and set: nothing is written when the etag differs or, without etag, the key exists. */
const FIRST_WRITE = {
  concurrency: StateConcurrencyEnum.CONCURRENCY_FIRST_WRITE,
  consistency: StateConsistencyEnum.CONSISTENCY_STRONG,
};
const STATE_TIMEOUT_MS = 2_000;

/** Value and the `etag` of its version. */
export interface Versioned<T> {
  value: T;
  etag: string;
}

type Item = Parameters<HTTPClientState['save']>[1][number];
/** Result of a change: the SDK returns errors instead of throwing them. */
type Outcome = Awaited<ReturnType<HTTPClientState['save']>>;

/** Keys with a time to live in the Dapr state store; values are JSON. */
export class StateStore {
  private readonly reader: HTTPClientState;
  private readonly writer: HTTPClientState;

  constructor(sidecar: Sidecar) {
    const over = (...successes: number[]): HTTPClientState =>
      new HTTPClientState(
        sdkClient(sidecar, {
          timeoutMs: STATE_TIMEOUT_MS,
          isSuccess: (status) => successes.includes(status),
        }),
      );
    this.reader = over(OK, NO_CONTENT);
    this.writer = over(NO_CONTENT);
  }

  /**
   * Returns the value, or null when the key does not exist or has expired. Throws 503
   * `unavailable`.
   */
  async get<T>(key: string): Promise<T | null> {
    return (await this.read<T>(key))?.value ?? null;
  }

  /**
   * Returns the value with its version, for compare and set; null when the key does not exist or
   * has expired. Throws 503 `unavailable`.
   */
  async read<T>(key: string): Promise<Versioned<T> | null> {
    const { status, headers, text } = await this.find(key);
    if (status === NO_CONTENT) return null;
    const value = parseJson(text);
    if (value === undefined) throw away(new Error(`${status} ${text}`));
    return { value: value as T, etag: String(headers['etag']) };
  }

  /**
   * Compare and set: replaces the version that was read. Returns false, and writes nothing, when
   * the key was changed or deleted meanwhile. Throws 503 `unavailable`.
   */
  async replace(key: string, value: unknown, etag: string, ttlSeconds: number): Promise<boolean> {
    const metadata = ttl(ttlSeconds);
    return wasCurrent(await this.save({ key, value, etag, metadata, options: FIRST_WRITE }));
  }

  /**
   * Deletes the version that was read; returns false when it is not current. Throws 503
   * `unavailable`.
   */
  async deleteVersion(key: string, etag: string): Promise<boolean> {
    const { concurrency } = FIRST_WRITE;
    const options = { etag, concurrency };
    return wasCurrent(await this.writer.delete(STORE, encodeURIComponent(key), options));
  }

  /** Writes the value unconditionally; it expires after `ttlSeconds`. Throws 503 `unavailable`. */
  async set(key: string, value: unknown, ttlSeconds: number): Promise<void> {
    const { error } = await this.save({ key, value, metadata: ttl(ttlSeconds) });
    if (error) throw away(error);
  }

  /**
   * Writes the value when the key does not exist; returns false when it does. Dapr answers 500 both
   * for an existing key and for a broken store, so the key is read after a refusal. Throws 503
   * `unavailable`.
   */
  async setIfAbsent(key: string, value: unknown, ttlSeconds: number): Promise<boolean> {
    const metadata = ttl(ttlSeconds);
    const { error } = await this.save({ key, value, metadata, options: FIRST_WRITE });
    if (!error) return true;
    if (error instanceof Refused && (await this.get(key)) !== null) return false;
    throw away(error);
  }

  /** Deletes the key; a missing key is no error. Throws 503 `unavailable`. */
  async delete(key: string): Promise<void> {
    const { error } = await this.writer.delete(STORE, encodeURIComponent(key));
    if (error) throw away(error);
  }

  private save(item: Item): Promise<Outcome> {
    return this.writer.save(STORE, [item]);
  }

  /** Reads the key. The SDK returns our client's whole answer, with the etag that the SDK drops. */
  private async find(key: string): Promise<SidecarAnswer> {
    try {
      return (await this.reader.get(STORE, encodeURIComponent(key))) as SidecarAnswer;
    } catch (error) {
      throw away(error);
    }
  }
}

/** Returns false when the version of a change was not current. Throws 503 `unavailable`. */
function wasCurrent({ error }: Outcome): boolean {
  if (error instanceof Refused && error.answer.status === CONFLICT) return false;
  if (error) throw away(error);
  return true;
}

function away(cause: unknown): Error {
  return unavailable('The state store', cause);
}

function ttl(seconds: number): Record<string, string> {
  return { ttlInSeconds: String(seconds) };
}

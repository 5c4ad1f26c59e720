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
/** Only if nobody was faster. */
const FIRST_WRITE = {
  concurrency: StateConcurrencyEnum.CONCURRENCY_FIRST_WRITE,
  consistency: StateConsistencyEnum.CONSISTENCY_STRONG,
};
const STATE_TIMEOUT_MS = 2_000;

/** A value as it is now; `etag` names this version of it. */
export interface Versioned<T> {
  value: T;
  etag: string;
}

type Item = Parameters<HTTPClientState['save']>[1][number];
/** The SDK's answer to a change: it returns errors instead of throwing them. */
type Outcome = Awaited<ReturnType<HTTPClientState['save']>>;

/** Keys with a life time in the Dapr state store; values are JSON. */
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

  /** The value, or null when there is none or its time is over. Throws 503. */
  async get<T>(key: string): Promise<T | null> {
    return (await this.read<T>(key))?.value ?? null;
  }

  /** The value and its version, for who is going to change it; null as above. Throws 503. */
  async read<T>(key: string): Promise<Versioned<T> | null> {
    const { status, headers, text } = await this.find(key);
    if (status === NO_CONTENT) return null;
    const value = parseJson(text);
    if (value === undefined) throw away(new Error(`${status} ${text}`));
    return { value: value as T, etag: String(headers['etag']) };
  }

  /**
   * Writes the value in place of the version that was read; false, and nothing is written, when
   * it was changed or deleted meanwhile. Throws 503.
   */
  async replace(key: string, value: unknown, etag: string, ttlSeconds: number): Promise<boolean> {
    const metadata = ttl(ttlSeconds);
    return wasCurrent(await this.save({ key, value, etag, metadata, options: FIRST_WRITE }));
  }

  /** Forgets the version that was read; false when it is not the current one. Throws 503. */
  async deleteVersion(key: string, etag: string): Promise<boolean> {
    const { concurrency } = FIRST_WRITE;
    const options = { etag, concurrency };
    return wasCurrent(await this.writer.delete(STORE, encodeURIComponent(key), options));
  }

  /** Writes the value, whatever was there. It is forgotten after `ttlSeconds`. Throws 503. */
  async set(key: string, value: unknown, ttlSeconds: number): Promise<void> {
    const { error } = await this.save({ key, value, metadata: ttl(ttlSeconds) });
    if (error) throw away(error);
  }

  /**
   * Writes the value only when the key is free; returns whether it was. Dapr answers a taken key
   * and a broken store alike with 500, so a refusal is followed by a look. Throws 503.
   */
  async setIfAbsent(key: string, value: unknown, ttlSeconds: number): Promise<boolean> {
    const metadata = ttl(ttlSeconds);
    const { error } = await this.save({ key, value, metadata, options: FIRST_WRITE });
    if (!error) return true;
    if (error instanceof Refused && (await this.get(key)) !== null) return false;
    throw away(error);
  }

  /** Forgets the key; one that is not there is no error. Throws 503. */
  async delete(key: string): Promise<void> {
    const { error } = await this.writer.delete(STORE, encodeURIComponent(key));
    if (error) throw away(error);
  }

  private save(item: Item): Promise<Outcome> {
    return this.writer.save(STORE, [item]);
  }

  /** The SDK returns what our client answered: with the etag, which it would drop. */
  private async find(key: string): Promise<SidecarAnswer> {
    try {
      return (await this.reader.get(STORE, encodeURIComponent(key))) as SidecarAnswer;
    } catch (error) {
      throw away(error);
    }
  }
}

/** Was the version that a change named still the current one? Throws 503. */
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

import { unavailable } from '../kernel/errors';
import { parseJson } from '../kernel/json';
import type { Sidecar, SidecarAnswer } from './sidecar';

const STORE = 'statestore';
const NO_CONTENT = 204;
const OK = 200;
const CONFLICT = 409;
/** Only if nobody was faster. */
const FIRST_WRITE = { concurrency: 'first-write', consistency: 'strong' };
const STATE_TIMEOUT_MS = 2_000;

/** A value as it is now; `etag` names this version of it. */
export interface Versioned<T> {
  value: T;
  etag: string;
}

/** Keys with a life time in the Dapr state store; values are JSON. */
export class StateStore {
  constructor(private readonly sidecar: Sidecar) {}

  /** The value, or null when there is none or its time is over. Throws 503. */
  async get<T>(key: string): Promise<T | null> {
    return (await this.read<T>(key))?.value ?? null;
  }

  /** The value and its version, for who is going to change it; null as above. Throws 503. */
  async read<T>(key: string): Promise<Versioned<T> | null> {
    const answer = await this.send('GET', `/${encodeURIComponent(key)}`);
    if (answer.status === NO_CONTENT) return null;
    const value = answer.status === OK ? parseJson(answer.text) : undefined;
    if (value === undefined) throw this.away(answer);
    return { value: value as T, etag: String(answer.headers['etag']) };
  }

  /**
   * Writes the value in place of the version that was read; false, and nothing is written, when
   * it was changed or deleted meanwhile. Throws 503.
   */
  async replace(key: string, value: unknown, etag: string, ttlSeconds: number): Promise<boolean> {
    const metadata = ttl(ttlSeconds);
    const answer = await this.save([{ key, value, etag, metadata, options: FIRST_WRITE }]);
    return this.wasCurrent(answer);
  }

  /** Forgets the version that was read; false when it is not the current one. Throws 503. */
  async deleteVersion(key: string, etag: string): Promise<boolean> {
    const path = `/${encodeURIComponent(key)}?concurrency=${FIRST_WRITE.concurrency}`;
    return this.wasCurrent(await this.send('DELETE', path, { headers: { 'if-match': etag } }));
  }

  /** Writes the value, whatever was there. It is forgotten after `ttlSeconds`. Throws 503. */
  async set(key: string, value: unknown, ttlSeconds: number): Promise<void> {
    const answer = await this.save([{ key, value, metadata: ttl(ttlSeconds) }]);
    if (answer.status !== NO_CONTENT) throw this.away(answer);
  }

  /**
   * Writes the value only when the key is free; returns whether it was. Dapr answers a taken key
   * and a broken store alike with 500, so a refusal is followed by a look. Throws 503.
   */
  async setIfAbsent(key: string, value: unknown, ttlSeconds: number): Promise<boolean> {
    const metadata = ttl(ttlSeconds);
    const answer = await this.save([{ key, value, metadata, options: FIRST_WRITE }]);
    if (answer.status === NO_CONTENT) return true;
    if ((await this.get(key)) !== null) return false;
    throw this.away(answer);
  }

  /** Forgets the key; one that is not there is no error. Throws 503. */
  async delete(key: string): Promise<void> {
    const answer = await this.send('DELETE', `/${encodeURIComponent(key)}`);
    if (answer.status !== NO_CONTENT) throw this.away(answer);
  }

  /** Was the version that a write named still the current one? */
  private wasCurrent(answer: SidecarAnswer): boolean {
    if (answer.status === CONFLICT) return false;
    if (answer.status !== NO_CONTENT) throw this.away(answer);
    return true;
  }

  private save(items: object[]): Promise<SidecarAnswer> {
    return this.send('POST', '', { body: JSON.stringify(items) });
  }

  private send(
    method: string,
    path: string,
    content: { body?: string; headers?: Record<string, string> } = {},
  ): Promise<SidecarAnswer> {
    return this.sidecar
      .request({
        method,
        path: `/v1.0/state/${STORE}${path}`,
        ...content,
        timeoutMs: STATE_TIMEOUT_MS,
      })
      .catch((error: unknown) => {
        throw unavailable('The state store', error);
      });
  }

  private away(answer: SidecarAnswer): Error {
    return unavailable('The state store', new Error(`${answer.status} ${answer.text}`));
  }
}

function ttl(seconds: number): Record<string, string> {
  return { ttlInSeconds: String(seconds) };
}

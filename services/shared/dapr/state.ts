import { unavailable } from '../kernel/errors';
import { parseJson } from '../kernel/json';
import type { Sidecar, SidecarAnswer } from './sidecar';

const STORE = 'statestore';
const NO_CONTENT = 204;
const OK = 200;
const STATE_TIMEOUT_MS = 2_000;

/** Keys with a life time in the Dapr state store; values are JSON. */
export class StateStore {
  constructor(private readonly sidecar: Sidecar) {}

  /** The value, or null when there is none or its time is over. Throws 503. */
  async get<T>(key: string): Promise<T | null> {
    const answer = await this.send('GET', `/${encodeURIComponent(key)}`);
    if (answer.status === NO_CONTENT) return null;
    const value = answer.status === OK ? parseJson(answer.text) : undefined;
    if (value === undefined) throw this.away(answer);
    return value as T;
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
    const options = { concurrency: 'first-write', consistency: 'strong' };
    const answer = await this.save([{ key, value, metadata: ttl(ttlSeconds), options }]);
    if (answer.status === NO_CONTENT) return true;
    if ((await this.get(key)) !== null) return false;
    throw this.away(answer);
  }

  /** Forgets the key; one that is not there is no error. Throws 503. */
  async delete(key: string): Promise<void> {
    const answer = await this.send('DELETE', `/${encodeURIComponent(key)}`);
    if (answer.status !== NO_CONTENT) throw this.away(answer);
  }

  private save(items: object[]): Promise<SidecarAnswer> {
    return this.send('POST', '', JSON.stringify(items));
  }

  private send(method: string, path: string, body?: string): Promise<SidecarAnswer> {
    return this.sidecar
      .request({
        method,
        path: `/v1.0/state/${STORE}${path}`,
        ...(body === undefined ? {} : { body }),
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

import { setTimeout as sleep } from 'node:timers/promises';
import { Pool } from 'undici';

/** One request of a load. */
export interface LoadRequest {
  method: 'GET' | 'POST';
  path: string;
  token: string;
  body?: object;
}

/** What became of a load. */
export interface LoadResult {
  sent: number;
  /** Everything that was not answered as it should be, by what happened. */
  failed: Record<string, number>;
  p50Ms: number;
  p99Ms: number;
}

const UUID = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;
const TICK_MS = 5;
/** As long as the gateway waits for a service. */
const TIMEOUT_MS = 30_000;
const CONNECTIONS = 128;
const FIRST_REFUSAL = 400;
const SHOWN_CHARACTERS = 80;

/**
 * Open loop: sends at a fixed rate whatever the answers do, and measures from the moment a request
 * was due. A client tries nothing twice: whatever is not answered 2xx counts as lost.
 */
export class Load {
  private readonly pool: Pool;
  private readonly times: number[] = [];
  private readonly failed: Record<string, number> = {};
  private readonly pending = new Set<Promise<void>>();
  private sent = 0;
  private stopped = false;
  private readonly over: Promise<void>;

  constructor(
    url: string,
    private readonly perSecond: number,
    private readonly next: (index: number) => LoadRequest,
  ) {
    this.pool = new Pool(url, { connections: CONNECTIONS });
    this.over = this.run();
  }

  /** Sends no more, waits for what is under way, and tells. */
  async stop(): Promise<LoadResult> {
    this.stopped = true;
    await this.over;
    await Promise.all(this.pending);
    await this.pool.close();
    const times = this.times.sort((a, b) => a - b);
    const at = (part: number): number => Math.round(times[Math.floor(times.length * part)] ?? 0);
    return { sent: this.sent, failed: this.failed, p50Ms: at(0.5), p99Ms: at(0.99) };
  }

  private async run(): Promise<void> {
    const start = performance.now();
    while (!this.stopped) {
      const due = Math.ceil(((performance.now() - start) * this.perSecond) / 1_000);
      for (; this.sent < due; this.sent += 1) {
        const dueAt = start + (this.sent * 1_000) / this.perSecond;
        const one = this.send(this.next(this.sent), dueAt);
        this.pending.add(one);
        void one.finally(() => this.pending.delete(one));
      }
      await sleep(TICK_MS);
    }
  }

  private async send({ method, path, token, body }: LoadRequest, dueAt: number): Promise<void> {
    const fail = (why: string): void => {
      const what = `${method} ${path.split('?')[0]!.replace(UUID, '{id}')}: ${why}`;
      this.failed[what] = (this.failed[what] ?? 0) + 1;
    };
    try {
      const answer = await this.pool.request({
        method,
        path: `/api/v1${path}`,
        headers: {
          authorization: `Bearer ${token}`,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      const text = await answer.body.text();
      this.times.push(performance.now() - dueAt);
      if (answer.statusCode >= FIRST_REFUSAL) fail(`${answer.statusCode} ${titleOf(text)}`);
    } catch (error) {
      const { name, code } = error as { name: string; code?: string | number };
      fail(name === 'TimeoutError' ? `no answer in ${TIMEOUT_MS} ms` : String(code ?? error));
    }
  }
}

/** What a problem says, or the beginning of anything else. */
function titleOf(text: string): string {
  return /"title":"([^"]*)"/.exec(text)?.[1] ?? text.slice(0, SHOWN_CHARACTERS);
}

/** How many requests were lost. */
export function lost({ failed }: LoadResult): number {
  return Object.values(failed).reduce((sum, count) => sum + count, 0);
}

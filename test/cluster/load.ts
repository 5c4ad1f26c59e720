import { setTimeout as sleep } from 'node:timers/promises';
import { Pool } from 'undici';

export interface LoadRequest {
  method: 'GET' | 'POST';
  path: string;
  token: string;
  body?: object;
}

/** Result of a load. */
export interface LoadResult {
  sent: number;
  /** Requests without a 2xx answer, counted by reason. */
  failed: Record<string, number>;
  p50Ms: number;
  p99Ms: number;
}

const UUID = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;
const TICK_MS = 5;
/** The gateway's timeout for a service. */
const TIMEOUT_MS = 30_000;
const CONNECTIONS = 128;
const FIRST_REFUSAL = 400;
const SHOWN_CHARACTERS = 80;

/**
 * Open-loop load generator: sends at a fixed rate, whatever the latency of the answers, and
 * measures from the moment a request was due. No retries: every answer but 2xx counts as lost.
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

  /** Stops sending, waits for pending requests, and returns the result. */
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

/** The title of a problem document, or the beginning of any other body. */
function titleOf(text: string): string {
  return /"title":"([^"]*)"/.exec(text)?.[1] ?? text.slice(0, SHOWN_CHARACTERS);
}

/** Number of lost requests. */
export function lost({ failed }: LoadResult): number {
  return Object.values(failed).reduce((sum, count) => sum + count, 0);
}

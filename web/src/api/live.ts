import type { QueryClient } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { invalidate } from './client';

/** What a distribution would do: depends on tasks and on who is active. */
const PREVIEW = '/api/v1/distributions/preview';
/** Paths that differ after a hint of a topic. Hints are never data: pages fetch again. */
const TOUCHED: Record<string, readonly string[]> = {
  task: ['/api/v1/tasks', PREVIEW],
  entry: ['/api/v1/accounts', '/api/v1/analytics', '/api/v1/business-days'],
  payout: ['/api/v1/payouts', '/api/v1/accounts', '/api/v1/business-days', '/api/v1/payment-files'],
  day: ['/api/v1/business-days', '/api/v1/accounts', '/api/v1/payouts', '/api/v1/analytics'],
  distribution: ['/api/v1/distributions', '/api/v1/tasks'],
  user: ['/api/v1/users', '/api/v1/people', '/api/v1/groups', '/api/v1/sign-up', PREVIEW],
  session: ['/api/v1/session', '/api/v1/sessions'],
  'dead-letter': ['/api/v1/operations'],
};
const EVERYTHING = ['/api/v1/'];

const STREAM = '/api/v1/live';
const LOCK = 'popug.live';
const CHANNEL = 'popug.live';
/** Hints of this long are gathered to one refresh. */
const GATHER_MS = 250;
/** The next refresh waits for the one before, which it would begin anew; no longer than this. */
const LONGEST_REFRESH_MS = 5_000;
/** While no hints arrive, what is on screen is fetched again in this interval. */
const POLL_MS = 10_000;

/** How fresh a page is: by hints, by polling, or not known yet. */
export type Freshness = 'starting' | 'live' | 'polling';

/** Hint of the server. */
export interface Hint {
  topic: string;
  ids?: readonly string[];
}

type Told = { kind: 'hint'; hint: Hint } | { kind: 'reset' } | { kind: 'state'; isLive: boolean };

/**
 * Keeps what is on screen fresh. One tab of a browser holds the stream, elected by a lock, and
 * tells the others: HTTP/1.1 allows six connections to a host.
 */
export class Live {
  private readonly channel = new BroadcastChannel(CHANNEL);
  private readonly listeners = new Set<() => void>();
  private readonly hearers = new Set<(hint: Hint) => void>();
  private readonly pending = new Set<string>();
  private readonly stopped = new AbortController();
  private timer: ReturnType<typeof setTimeout> | null = null;
  private isRefreshing = false;
  private poll: ReturnType<typeof setInterval> | null = null;
  private freshness: Freshness = 'starting';

  constructor(private readonly queries: QueryClient) {}

  start(): void {
    this.channel.onmessage = ({ data }: MessageEvent<Told>) => this.hear(data);
    const { signal } = this.stopped;
    navigator.locks
      .request(LOCK, { signal }, () => this.holdStream(signal))
      .catch((error: unknown) => {
        if (!signal.aborted) console.warn('No live refresh', error);
      });
  }

  stop(): void {
    this.stopped.abort();
    this.channel.close();
    if (this.timer !== null) clearTimeout(this.timer);
    if (this.poll !== null) clearInterval(this.poll);
  }

  /** Calls back for each hint, also those of other tabs' streams; returns how to stop. */
  onHint(hear: (hint: Hint) => void): () => void {
    this.hearers.add(hear);
    return () => this.hearers.delete(hear);
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly current = (): Freshness => this.freshness;

  private holdStream(signal: AbortSignal): Promise<void> {
    // The lock was granted in the moment of the stop: nobody would close the stream.
    if (signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const stream = new EventSource(STREAM);
      let isFirst = true;
      stream.onopen = () => {
        this.tell({ kind: 'state', isLive: true });
        // Hints may have been missed while the stream was away.
        if (!isFirst) this.tell({ kind: 'reset' });
        isFirst = false;
      };
      stream.onerror = () => this.tell({ kind: 'state', isLive: false });
      stream.addEventListener('hint', ({ data }: MessageEvent<string>) =>
        this.tell({ kind: 'hint', hint: JSON.parse(data) as Hint }),
      );
      stream.addEventListener('reset', () => this.tell({ kind: 'reset' }));
      signal.addEventListener('abort', () => {
        stream.close();
        resolve();
      });
    });
  }

  private tell(told: Told): void {
    if (this.stopped.signal.aborted) return;
    this.channel.postMessage(told);
    this.hear(told);
  }

  private hear(told: Told): void {
    if (told.kind === 'state') return this.become(told.isLive ? 'live' : 'polling');
    if (this.freshness !== 'live') this.become('live');
    if (told.kind === 'reset') return this.touch(EVERYTHING);
    for (const hear of this.hearers) hear(told.hint);
    this.touch(TOUCHED[told.hint.topic] ?? EVERYTHING);
  }

  private touch(paths: readonly string[]): void {
    for (const path of paths) this.pending.add(path);
    if (!this.isRefreshing) this.timer ??= setTimeout(() => void this.refresh(), GATHER_MS);
  }

  private async refresh(): Promise<void> {
    this.timer = null;
    this.isRefreshing = true;
    const touched = [...this.pending];
    this.pending.clear();
    const limit = new Promise((resolve) => setTimeout(resolve, LONGEST_REFRESH_MS));
    await Promise.race([invalidate(this.queries, ...touched), limit]);
    this.isRefreshing = false;
    if (this.pending.size > 0 && !this.stopped.signal.aborted) this.touch([]);
  }

  private become(freshness: Freshness): void {
    this.freshness = freshness;
    if (freshness === 'live' && this.poll !== null) {
      clearInterval(this.poll);
      this.poll = null;
    }
    if (freshness === 'polling') {
      this.poll ??= setInterval(() => {
        if (document.visibilityState === 'visible') void invalidate(this.queries, ...EVERYTHING);
      }, POLL_MS);
    }
    for (const listener of this.listeners) listener();
  }
}

const NEVER = (): (() => void) => () => undefined;
const STARTING = (): Freshness => 'starting';

/** Returns how fresh the page is. */
export function useFreshness(live: Live | null): Freshness {
  return useSyncExternalStore(live?.subscribe ?? NEVER, live?.current ?? STARTING);
}

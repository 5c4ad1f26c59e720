import { setTimeout as sleep } from 'node:timers/promises';
import { LRUCache } from 'lru-cache';
import type { Tokens } from '../../shared/contracts/tokens';
import type { StateStore } from '../../shared/dapr/state';
import { Problem } from '../../shared/kernel/errors';
import type { Logger } from '../../shared/observability/logger';

const DAY_SECONDS = 24 * 60 * 60;
/** Auth ends a session that nobody uses much sooner. */
const KEPT_SECONDS = 30 * DAY_SECONDS;
/** How long a session is believed without looking: another replica may have ended it. */
const REMEMBERED_MS = 5_000;
const MAX_REMEMBERED = 10_000;
/** Between two tries to write new tokens, until these expire. */
const RETRY_MS = 500;

/** Tokens of a session, and the version in the state store that they are, or that they replace. */
export interface Version {
  tokens: Tokens;
  etag: string;
}

const keyOf = (id: string): string => `session:${id}`;

/**
 * The tokens of sessions in the state store. A refresh token serves once: its successor exists
 * nowhere else until it is written, so it is held here and written again and again. Only the
 * version that was exchanged is replaced: a session that was ended meanwhile has none.
 */
export class KeptTokens {
  private readonly remembered: LRUCache<string, Tokens>;
  private readonly unwritten = new Map<string, Version>();
  /** Ended by this process; ids of sessions are never used again. */
  private readonly ended = new LRUCache<string, true>({ max: MAX_REMEMBERED });

  constructor(
    private readonly store: StateStore,
    private readonly logger: Logger,
    private readonly now: () => number,
  ) {
    this.remembered = new LRUCache({
      max: MAX_REMEMBERED,
      ttl: REMEMBERED_MS,
      ttlResolution: 0,
      perf: { now },
    });
  }

  /** Keeps the tokens of a new session. Throws 503. */
  async add(id: string, tokens: Tokens): Promise<void> {
    await this.store.set(keyOf(id), tokens, KEPT_SECONDS);
    this.remember(id, tokens);
  }

  /** The tokens, at most a few seconds old; null when there is no such session. Throws 503. */
  async recent(id: string): Promise<Tokens | null> {
    if (this.ended.get(id)) return null;
    const unwritten = this.unwritten.get(id);
    if (unwritten) return unwritten.tokens;
    return this.remembered.get(id) ?? (await this.read(id))?.tokens ?? null;
  }

  /** The tokens as they are now; null when there is no such session. Throws 503. */
  async read(id: string): Promise<Version | null> {
    if (this.ended.get(id)) return null;
    const unwritten = this.unwritten.get(id);
    if (unwritten) return unwritten;
    const found = await this.store.read<Tokens>(keyOf(id));
    if (!found || this.ended.get(id)) return null;
    this.remember(id, found.value);
    return { tokens: found.value, etag: found.etag };
  }

  /** As `read`, but a version that is in the state store: the one to replace. Throws 503. */
  async settled(id: string): Promise<Version | null> {
    const unwritten = this.unwritten.get(id);
    if (unwritten) await this.write(id, unwritten);
    return this.read(id);
  }

  /**
   * Puts new tokens in place of the version they were exchanged for. Returns those of the session
   * from now on: somebody else's when they were faster, null when it was ended meanwhile. While
   * the state store is away the new tokens serve from here.
   */
  async replace(id: string, version: Version): Promise<Tokens | null> {
    if (this.ended.get(id)) return null;
    this.unwritten.set(id, version);
    try {
      return await this.write(id, version);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      this.logger.warn({ err: error }, 'new tokens of a session are not written yet');
      void this.goOnWriting(id, version);
      return this.ended.get(id) ? null : version.tokens;
    }
  }

  /** Forgets tokens that Auth refused, unless there are others already, which it returns. */
  async drop(id: string, { etag }: Version): Promise<Tokens | null> {
    this.unwritten.delete(id);
    this.remembered.delete(id);
    await this.store.deleteVersion(keyOf(id), etag);
    return (await this.read(id))?.tokens ?? null;
  }

  /** Ends the session for good. Throws 503, and then it goes on. */
  async end(id: string): Promise<void> {
    this.ended.set(id, true);
    this.unwritten.delete(id);
    this.remembered.delete(id);
    try {
      await this.store.delete(keyOf(id));
    } catch (error) {
      this.ended.delete(id);
      throw error;
    }
  }

  /** Tries once more to write what is not yet written. */
  async close(): Promise<void> {
    const writes = [...this.unwritten].map(([id, version]) => this.write(id, version));
    await Promise.allSettled(writes);
  }

  private remember(id: string, tokens: Tokens): void {
    if (!this.ended.get(id)) this.remembered.set(id, tokens);
  }

  private async write(id: string, version: Version): Promise<Tokens | null> {
    const { tokens, etag } = version;
    const isWritten = await this.store.replace(keyOf(id), tokens, etag, KEPT_SECONDS);
    if (this.unwritten.get(id) === version) this.unwritten.delete(id);
    // Not written: ended, or replaced by somebody else, or by us without our hearing of it.
    if (!isWritten || this.ended.get(id)) {
      this.remembered.delete(id);
      return (await this.read(id))?.tokens ?? null;
    }
    this.remember(id, tokens);
    return tokens;
  }

  private async goOnWriting(id: string, version: Version): Promise<void> {
    const until = Date.parse(version.tokens.expiresAt);
    while (this.unwritten.get(id) === version && this.now() < until) {
      await sleep(RETRY_MS, undefined, { ref: false });
      if (this.unwritten.get(id) !== version) return;
      await this.write(id, version).catch((error: unknown) => {
        if (error instanceof Problem) return;
        this.logger.error({ err: error }, 'new tokens of a session could not be written');
        this.unwritten.delete(id);
      });
    }
    if (this.unwritten.get(id) !== version) return;
    this.unwritten.delete(id);
    this.logger.error('gave up writing new tokens of a session: its user logs in again');
  }
}

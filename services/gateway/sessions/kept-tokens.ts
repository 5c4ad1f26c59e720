import { setTimeout as sleep } from 'node:timers/promises';
import { LRUCache } from 'lru-cache';
import type { Tokens } from '../../shared/contracts/tokens';
import type { StateStore } from '../../shared/dapr/state';
import { Problem } from '../../shared/kernel/errors';
import type { Logger } from '../../shared/observability/logger';

const DAY_SECONDS = 24 * 60 * 60;
/** Time to live in the state store; Auth ends unused sessions much sooner. */
const KEPT_SECONDS = 30 * DAY_SECONDS;
/** Time to live in this process's cache: another replica may have ended the session. */
const REMEMBERED_MS = 5_000;
const MAX_REMEMBERED = 10_000;
/** Delay between retries of writing new tokens, until the tokens expire. */
const RETRY_MS = 500;

/**
 * Tokens of a session, and the etag of the state store's version that they are or that they
 * replace.
 */
export interface Version {
  tokens: Tokens;
  etag: string;
}

const keyOf = (id: string): string => `session:${id}`;

/**
 * Stores the tokens of sessions in the state store. A refresh token is valid once, so new tokens
 * exist only in memory until they are written; writing is retried. Compare and set by etag: only
 * the version that was exchanged is replaced, and an ended session has no version.
 */
export class KeptTokens {
  private readonly remembered: LRUCache<string, Tokens>;
  private readonly unwritten = new Map<string, Version>();
  /** Sessions ended by this process; session ids are never reused. */
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

  /** Stores the tokens of a new session. Throws 503 `unavailable`. */
  async add(id: string, tokens: Tokens): Promise<void> {
    await this.store.set(keyOf(id), tokens, KEPT_SECONDS);
    this.remember(id, tokens);
  }

  /**
   * Returns the tokens, at most a few seconds old; null when the session does not exist. Throws 503
   * `unavailable`.
   */
  async recent(id: string): Promise<Tokens | null> {
    if (this.ended.get(id)) return null;
    const unwritten = this.unwritten.get(id);
    if (unwritten) return unwritten.tokens;
    return this.remembered.get(id) ?? (await this.read(id))?.tokens ?? null;
  }

  /** Returns the current tokens; null when the session does not exist. Throws 503 `unavailable`. */
  async read(id: string): Promise<Version | null> {
    if (this.ended.get(id)) return null;
    const unwritten = this.unwritten.get(id);
    if (unwritten) return unwritten;
    const found = await this.store.read<Tokens>(keyOf(id));
    if (!found || this.ended.get(id)) return null;
    this.remember(id, found.value);
    return { tokens: found.value, etag: found.etag };
  }

  /**
   * Returns the version in the state store, which an exchange replaces, after writing unwritten
   * tokens. Throws 503 `unavailable`.
   */
  async settled(id: string): Promise<Version | null> {
    const unwritten = this.unwritten.get(id);
    if (unwritten) await this.write(id, unwritten);
    return this.read(id);
  }

  /**
   * Replaces the version that was exchanged with new tokens. Returns the session's tokens: those of
   * another replica when that replica wrote first, null when the session has ended. While the state
   * store is unavailable, the new tokens are served from memory.
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

  /** Deletes tokens that Auth refused; returns newer ones, if another replica has written them. */
  async drop(id: string, { etag }: Version): Promise<Tokens | null> {
    this.unwritten.delete(id);
    this.remembered.delete(id);
    await this.store.deleteVersion(keyOf(id), etag);
    return (await this.read(id))?.tokens ?? null;
  }

  /** Ends the session for good. Throws 503 `unavailable`; the session then continues. */
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

  /** Tries once more to write the unwritten tokens. */
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
    // The etag differs: the session ended, another replica wrote first, or our own write succeeded
    // and its answer was lost.
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

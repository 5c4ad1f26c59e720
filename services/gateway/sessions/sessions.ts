import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Tokens } from '../../shared/contracts/tokens';
import type { StateStore } from '../../shared/dapr/state';
import { Problem, unavailable } from '../../shared/kernel/errors';
import type { Logger } from '../../shared/observability/logger';
import { refreshTokens } from '../clients/auth';
import type { Upstream } from '../clients/upstream';
import { KeptTokens, type Version } from './kept-tokens';

const ID_BYTES = 32;
const UNAUTHORIZED = 401;
/** Tokens are exchanged this long before they expire, in milliseconds. */
const AHEAD_MS = 60_000;
/** A token this close to its expiry, in milliseconds, may be refused when it arrives. */
const MARGIN_MS = 2_000;
/** Lifetime of the exchange lock; afterwards others may exchange too, and the first write wins. */
const EXCHANGE_SECONDS = 10;
const WAIT_MS = 100;
const MAX_WAITS = 30;

type IsGood = (tokens: Tokens) => boolean;

/**
 * Predicates: tokens that need no exchange, and tokens that serve while another replica exchanges.
 */
interface Need {
  isGood: IsGood;
  isGoodStill: IsGood;
}

const exchangeKeyOf = (id: string): string => `session-exchange:${id}`;

/**
 * Sessions of people with a cookie: the browser has a random id, the state store the tokens. Access
 * tokens are exchanged at Auth before they expire, one exchange at a time per session over all
 * replicas. Faults of the state store neither revive an ended session nor lose new tokens (see
 * `KeptTokens`).
 */
export class Sessions {
  private readonly kept: KeptTokens;
  private readonly exchanges = new Map<string, Promise<Tokens | null>>();

  constructor(
    private readonly store: StateStore,
    private readonly upstream: Upstream,
    private readonly logger: Logger,
    private readonly now: () => number = Date.now,
  ) {
    this.kept = new KeptTokens(store, logger, now);
  }

  /** Stores the tokens of a login; returns the id for the cookie. Throws 503 `unavailable`. */
  async begin(tokens: Tokens): Promise<string> {
    const id = randomBytes(ID_BYTES).toString('base64url');
    await this.kept.add(id, tokens);
    return id;
  }

  /** Returns valid tokens, or null when the session does not exist. Throws 503 `unavailable`. */
  async find(id: string): Promise<Tokens | null> {
    const tokens = await this.kept.recent(id);
    if (!tokens || this.lasts(tokens, AHEAD_MS)) return tokens;
    const isGood: IsGood = (each) => this.lasts(each, AHEAD_MS);
    const isGoodStill: IsGood = (each) => this.lasts(each, MARGIN_MS);
    // While an exchange is pending, valid tokens are returned at once: a log-out must not wait for
    // it.
    if (this.exchanges.has(id) && isGoodStill(tokens)) return tokens;
    return this.exchangeOnce(id, { isGood, isGoodStill }).catch((error: unknown) => {
      // Auth or the state store is unavailable: the old token serves while it is valid.
      if (error instanceof Problem && isGoodStill(tokens)) return tokens;
      throw error;
    });
  }

  /**
   * Returns tokens for which `isStale` is false; null when the session is over. Throws 503
   * `unavailable`.
   */
  async renew(id: string, isStale: IsGood): Promise<Tokens | null> {
    const isGood: IsGood = (each) => !isStale(each) && this.lasts(each, MARGIN_MS);
    const tokens = await this.exchangeOnce(id, { isGood, isGoodStill: isGood });
    // A pending exchange with a weaker requirement may have returned stale tokens.
    if (tokens && !isGood(tokens)) throw unavailable('Your session');
    return tokens;
  }

  /**
   * Ends the session; a pending exchange, on any replica, cannot revive it. Throws 503
   * `unavailable`.
   */
  async end(id: string): Promise<void> {
    await this.kept.end(id);
  }

  /** Tries once more to write unwritten tokens. */
  async close(): Promise<void> {
    await this.kept.close();
  }

  private lasts({ expiresAt }: Tokens, ms: number): boolean {
    return Date.parse(expiresAt) - this.now() > ms;
  }

  private exchangeOnce(id: string, need: Need): Promise<Tokens | null> {
    const underWay = this.exchanges.get(id);
    if (underWay) return underWay;
    const exchange = this.exchange(id, need).finally(() => this.exchanges.delete(id));
    this.exchanges.set(id, exchange);
    return exchange;
  }

  private async exchange(id: string, { isGood, isGoodStill }: Need): Promise<Tokens | null> {
    const owner = randomBytes(ID_BYTES).toString('base64url');
    if (!(await this.store.setIfAbsent(exchangeKeyOf(id), owner, EXCHANGE_SECONDS))) {
      return this.waitForOther(id, isGoodStill);
    }
    try {
      // Read again: another replica may have written first.
      const version = await this.kept.settled(id);
      if (!version || isGood(version.tokens)) return version?.tokens ?? null;
      return await this.exchangeAtAuth(id, version);
    } finally {
      await this.release(id, owner);
    }
  }

  private async exchangeAtAuth(id: string, old: Version): Promise<Tokens | null> {
    try {
      const tokens = await refreshTokens(this.upstream, old.tokens.refreshToken);
      return await this.kept.replace(id, { tokens, etag: old.etag });
    } catch (error) {
      if (!(error instanceof Problem) || error.status !== UNAUTHORIZED) throw error;
      return this.kept.drop(id, old);
    }
  }

  /** Releases the exchange lock, unless it expired and belongs to another replica. */
  private async release(id: string, owner: string): Promise<void> {
    try {
      const lock = await this.store.read<string>(exchangeKeyOf(id));
      if (lock?.value === owner) await this.store.deleteVersion(exchangeKeyOf(id), lock.etag);
    } catch (error) {
      this.logger.warn({ err: error }, 'the lock of an exchange is left to run out');
    }
  }

  /**
   * Waits until another replica has exchanged the token. Throws 503 `unavailable` after
   * `MAX_WAITS`.
   */
  private async waitForOther(id: string, isGood: IsGood): Promise<Tokens | null> {
    for (let waits = 0; waits < MAX_WAITS; waits += 1) {
      const version = await this.kept.read(id);
      if (!version || isGood(version.tokens)) return version?.tokens ?? null;
      await sleep(WAIT_MS);
    }
    throw unavailable('Your session');
  }
}

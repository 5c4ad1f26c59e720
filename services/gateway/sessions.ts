import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Tokens } from '../shared/contracts/tokens';
import type { StateStore } from '../shared/dapr/state';
import { Problem, unavailable } from '../shared/kernel/errors';
import type { AuthClient } from './auth-client';
import { BoundedMap } from './bounded-map';

const ID_BYTES = 32;
const UNAUTHORIZED = 401;
const DAY_SECONDS = 24 * 60 * 60;
/** Auth ends a session that nobody uses much sooner. */
const KEPT_SECONDS = 30 * DAY_SECONDS;
/** A token is exchanged this long before it expires, while it is still good. */
const AHEAD_MS = 60_000;
/** A token this near to its end may be refused before it arrives. */
const MARGIN_MS = 2_000;
/** How long a session is believed without looking: another replica may have ended it. */
const REMEMBERED_MS = 5_000;
const MAX_REMEMBERED = 10_000;
/** Longer than an exchange takes. */
const EXCHANGE_SECONDS = 10;
const WAIT_MS = 100;
const MAX_WAITS = 30;

interface Remembered {
  tokens: Tokens;
  readAtMs: number;
}

const keyOf = (id: string): string => `session:${id}`;
const exchangeKeyOf = (id: string): string => `session-exchange:${id}`;

/**
 * Sessions of people with a cookie: the browser holds a meaningless id, the state store the
 * tokens. Access tokens are exchanged through Auth before they expire, once at a time per
 * session over all replicas: a refresh token that is used twice ends its session.
 */
export class Sessions {
  private readonly remembered = new BoundedMap<Remembered>(MAX_REMEMBERED);
  private readonly exchanges = new Map<string, Promise<Tokens | null>>();

  constructor(
    private readonly store: StateStore,
    private readonly auth: AuthClient,
    private readonly now: () => number = Date.now,
  ) {}

  /** Keeps the tokens of a login; returns the id for the cookie. Throws 503. */
  async begin(tokens: Tokens): Promise<string> {
    const id = randomBytes(ID_BYTES).toString('base64url');
    await this.keep(id, tokens);
    return id;
  }

  /** Tokens that are good now, or null when there is no such session any more. Throws 503. */
  async find(id: string): Promise<Tokens | null> {
    const known = this.remembered.get(id);
    const isRecent = known && this.now() - known.readAtMs < REMEMBERED_MS;
    const tokens = isRecent ? known.tokens : await this.read(id);
    if (!tokens || this.lasts(tokens, AHEAD_MS)) return tokens;
    return this.exchangeOnce(id);
  }

  /** Forgets the session. Throws 503. */
  async end(id: string): Promise<void> {
    this.remembered.delete(id);
    await this.store.delete(keyOf(id));
  }

  private lasts({ expiresAt }: Tokens, ms: number): boolean {
    return Date.parse(expiresAt) - this.now() > ms;
  }

  private async read(id: string): Promise<Tokens | null> {
    const tokens = await this.store.get<Tokens>(keyOf(id));
    if (tokens) this.remembered.set(id, { tokens, readAtMs: this.now() });
    return tokens;
  }

  private async keep(id: string, tokens: Tokens): Promise<void> {
    this.remembered.set(id, { tokens, readAtMs: this.now() });
    await this.store.set(keyOf(id), tokens, KEPT_SECONDS);
  }

  private exchangeOnce(id: string): Promise<Tokens | null> {
    const underWay = this.exchanges.get(id);
    if (underWay) return underWay;
    const exchange = this.exchange(id).finally(() => this.exchanges.delete(id));
    this.exchanges.set(id, exchange);
    return exchange;
  }

  private async exchange(id: string): Promise<Tokens | null> {
    if (!(await this.store.setIfAbsent(exchangeKeyOf(id), true, EXCHANGE_SECONDS))) {
      return this.waitForOther(id);
    }
    try {
      // Read again: another replica may have been faster.
      const tokens = await this.read(id);
      if (!tokens || this.lasts(tokens, AHEAD_MS)) return tokens;
      return await this.exchangeAtAuth(id, tokens);
    } finally {
      await this.store.delete(exchangeKeyOf(id));
    }
  }

  private async exchangeAtAuth(id: string, old: Tokens): Promise<Tokens | null> {
    try {
      const tokens = await this.auth.refresh(old.refreshToken);
      await this.keep(id, tokens);
      return tokens;
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      if (error.status === UNAUTHORIZED) {
        await this.end(id);
        return null;
      }
      if (this.lasts(old, MARGIN_MS)) return old;
      throw error;
    }
  }

  /** Another replica exchanges the token right now: the old one does as long as it is good. */
  private async waitForOther(id: string): Promise<Tokens | null> {
    for (let waits = 0; waits < MAX_WAITS; waits += 1) {
      const tokens = await this.read(id);
      if (!tokens || this.lasts(tokens, MARGIN_MS)) return tokens;
      await sleep(WAIT_MS);
    }
    throw unavailable('Your session');
  }
}

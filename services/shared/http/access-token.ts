import { createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto';
import jwt from 'jsonwebtoken';
import { TOKEN_ALGORITHM, TOKEN_AUDIENCE, tokenClaims } from '../contracts/access-token';
import { unauthorized } from '../kernel/errors';
import type { Caller } from './caller';

const MINUTE_MS = 60_000;
/** Maximum age: keys are then fetched again, and a key that Auth no longer publishes is refused. */
const MAX_AGE_MS = 10 * MINUTE_MS;
/** Maximum age while Auth is away; after it no key is trusted. */
const MAX_AGE_WITHOUT_AUTH_MS = 24 * 60 * MINUTE_MS;
/** Minimum time between fetches for unknown or aged keys, also after a failed fetch. */
const BETWEEN_FETCHES_MS = MINUTE_MS;

/** Public signing key as Auth publishes it (RFC 7517). */
export type PublicJwk = JsonWebKey & { kid: string };

/** Cache of Auth's public signing keys, fetched on demand, with a maximum age. */
export class KeySet {
  private keys = new Map<string, KeyObject>();
  private fetchedAt = -Infinity;
  private triedAt = -Infinity;
  private fetching: Promise<void> | null = null;

  constructor(
    private readonly fetchKeys: () => Promise<readonly PublicJwk[]>,
    private readonly now: () => number = Date.now,
  ) {}

  /** Returns the key of that id, or null. Throws as `fetchKeys` while no key is trusted. */
  async find(kid: string): Promise<KeyObject | null> {
    const age = this.now() - this.fetchedAt;
    if (age >= MAX_AGE_WITHOUT_AUTH_MS) this.keys.clear();
    if (age >= MAX_AGE_MS || !this.keys.has(kid)) await this.refresh();
    return this.keys.get(kid) ?? null;
  }

  private async refresh(): Promise<void> {
    const isTooSoon = this.now() - this.triedAt < BETWEEN_FETCHES_MS;
    if (!this.fetching && isTooSoon && this.keys.size > 0) return;
    this.fetching ??= this.fetch().finally(() => (this.fetching = null));
    await this.fetching;
  }

  private async fetch(): Promise<void> {
    this.triedAt = this.now();
    try {
      const jwks = await this.fetchKeys();
      this.keys = new Map(
        jwks.map((jwk) => [jwk.kid, createPublicKey({ key: jwk, format: 'jwk' })]),
      );
      this.fetchedAt = this.now();
    } catch (error) {
      if (this.keys.size === 0) throw error;
    }
  }
}

/** Verifies access tokens locally, without asking Auth. */
export class TokenVerifier {
  constructor(
    private readonly keys: KeySet,
    private readonly issuer: string,
  ) {}

  /**
   * Returns the holder of the token in an `Authorization: Bearer` header; the scheme is
   * case-insensitive (RFC 9110, section 11.1). Throws 401 `unauthorized` for every fault of the
   * token, 503 when no key could be fetched yet.
   */
  async verify(authorization: string | undefined): Promise<Caller> {
    const token = /^Bearer +([\w.-]+)$/i.exec(authorization ?? '')?.[1];
    if (token === undefined) throw unauthorized();
    const header = jwt.decode(token, { complete: true })?.header;
    if (header?.alg !== TOKEN_ALGORITHM || !header.kid) throw unauthorized();
    const key = await this.keys.find(header.kid);
    if (!key) throw unauthorized();
    return callerOf(verified(token, key, this.issuer));
  }
}

function verified(token: string, key: KeyObject, issuer: string): unknown {
  try {
    const algorithms: jwt.Algorithm[] = [TOKEN_ALGORITHM];
    return jwt.verify(token, key, { algorithms, audience: TOKEN_AUDIENCE, issuer });
  } catch {
    throw unauthorized();
  }
}

function callerOf(payload: unknown): Caller {
  const claims = tokenClaims.safeParse(payload);
  if (!claims.success) throw unauthorized();
  const { sub, sid, role, permissions } = claims.data;
  return { id: sub, role, permissions, sessionId: sid };
}

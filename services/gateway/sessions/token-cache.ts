import { LRUCache } from 'lru-cache';
import type { TokenVerifier } from '../../shared/http/access-token';
import type { Caller } from '../../shared/http/caller';

const MAX_TOKENS = 10_000;
const MS_PER_SECOND = 1_000;

interface Verified {
  caller: Caller;
  expiresAtMs: number;
}

/** Returns the expiry of a verified token, in milliseconds since the epoch. */
export function expiryOf(authorization: string): number {
  const payload = authorization.split('.')[1] ?? '';
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as { exp?: number };
  return (claims.exp ?? 0) * MS_PER_SECOND;
}

/**
 * LRU cache of the holders of valid tokens, until these expire: verifying an ES256 signature takes
 * longer than all other work of the gateway on a request. Invalid tokens are not cached.
 */
export class TokenCache {
  private readonly known = new LRUCache<string, Verified>({ max: MAX_TOKENS });

  constructor(
    private readonly verifier: TokenVerifier,
    private readonly now: () => number = Date.now,
  ) {}

  /**
   * Verifies a token like `TokenVerifier.verify`. Throws 401 for an invalid token, 503 when no key
   * is known.
   */
  async verify(authorization: string | undefined): Promise<Caller> {
    const verified = authorization === undefined ? undefined : this.known.get(authorization);
    if (verified && verified.expiresAtMs > this.now()) return verified.caller;
    const caller = await this.verifier.verify(authorization);
    this.known.set(authorization!, { caller, expiresAtMs: expiryOf(authorization!) });
    return caller;
  }
}

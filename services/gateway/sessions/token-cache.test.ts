import { KeySet, TokenVerifier } from '../../shared/http/access-token';
import { newId } from '../../shared/kernel/ids';
import { TEST_ISSUER, testJwk, tokenFor } from '../../shared/testing/test-service';
import { TokenCache } from './token-cache';

const LIFE_MS = 300_000;

describe('TokenCache', () => {
  let now: number;
  let keys: (typeof testJwk)[];
  let cache: TokenCache;

  beforeEach(() => {
    now = Date.now();
    keys = [testJwk];
    const keySet = new KeySet(() => Promise.resolve(keys));
    cache = new TokenCache(new TokenVerifier(keySet, TEST_ISSUER), () => now);
  });

  it('gives the same holder again without checking again', async () => {
    const id = newId();
    const authorization = `Bearer ${tokenFor({ id })}`;
    const first = await cache.verify(authorization);
    expect(first.id).toBe(id);
    expect(await cache.verify(authorization)).toBe(first);
  });

  it('checks again once the token has expired', async () => {
    const authorization = `Bearer ${tokenFor({})}`;
    const first = await cache.verify(authorization);
    now += LIFE_MS + 1_000;
    expect(await cache.verify(authorization)).not.toBe(first);
  });

  it('remembers no bad token', async () => {
    const expired = `Bearer ${tokenFor({}, { expiresIn: -1 })}`;
    await expect(cache.verify(expired)).rejects.toMatchObject({ status: 401 });
    await expect(cache.verify(expired)).rejects.toMatchObject({ status: 401 });
    await expect(cache.verify(undefined)).rejects.toMatchObject({ status: 401 });
  });
});

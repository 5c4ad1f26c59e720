import { Problem } from '../../shared/kernel/errors';
import { RateLimits } from './rate-limits';

/**
 * Returns how many of `count` concurrent calls were let through; the others were refused with 429.
 */
async function passed(count: number, call: () => Promise<void>): Promise<number> {
  const outcomes = await Promise.allSettled(Array.from({ length: count }, call));
  const refused = outcomes.filter(({ status }) => status === 'rejected');
  for (const outcome of refused) {
    const { reason } = outcome as PromiseRejectedResult & { reason: Problem };
    expect(reason).toBeInstanceOf(Problem);
    expect(reason.status).toBe(429);
    expect(reason.retryAfterSeconds).toBeGreaterThanOrEqual(1);
  }
  return count - refused.length;
}

describe('RateLimits', () => {
  it('lets 20 logins a second through from one address', async () => {
    const limits = new RateLimits();
    expect(await passed(100, () => limits.login('1.1.1.1'))).toBe(20);
    expect(await passed(1, () => limits.login('2.2.2.2'))).toBe(1);
  });

  it('counts the addresses of one IPv6 /64 together, logins and anonymous requests alike', async () => {
    const limits = new RateLimits();
    let count = 0;
    const address = (): string => `2001:db8:1:2::${(count += 1).toString(16)}`;
    expect(await passed(100, () => limits.login(address()))).toBe(20);
    expect(await passed(1_000, () => limits.anonymousRequest(address()))).toBe(200);
    expect(await passed(1, () => limits.login('2001:db8:1:3::1'))).toBe(1);
    expect(await passed(1, () => limits.anonymousRequest('2001:db8:1:3::1'))).toBe(1);
  });

  it('lets 200 requests at once of one person through', async () => {
    const limits = new RateLimits();
    expect(await passed(1_000, () => limits.request('kesha'))).toBe(200);
    expect(await passed(1, () => limits.request('gosha'))).toBe(1);
  });
});

import { newId } from '../../shared/kernel/ids';
import { tokenFor } from '../../shared/testing/test-service';
import { startGateway, type GatewayUnderTest } from '../testing/gateway-under-test';
import { RateLimits, type Rates } from './rate-limits';

const AT_ONCE = 30;

let gateway: GatewayUnderTest;

const MANY = 1_000_000;

async function start(rates: Partial<Rates>): Promise<void> {
  const limits = { loginsPerSecond: MANY, requestsPerSecond: MANY, burst: MANY, ...rates };
  gateway = await startGateway({ TRUSTED_PROXIES: '1' }, new RateLimits(limits));
}
afterEach(() => gateway.stop());

const logIn = (address: string, path = '/tokens'): Promise<Response> =>
  fetch(`${gateway.url}/api/v1${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-forwarded-for': address },
    body: '{}',
  });

const get = (headers: Record<string, string>): Promise<Response> =>
  fetch(`${gateway.url}/api/v1/tasks`, { headers });

async function refusedOf(send: () => Promise<Response>): Promise<Response | undefined> {
  const answers = await Promise.all(Array.from({ length: AT_ONCE }, send));
  return answers.find(({ status }) => status === 429);
}

describe('logins', () => {
  beforeEach(() => start({ loginsPerSecond: 1 }));

  it.each(['/tokens', '/tokens/refresh', '/session'])(
    'on %s are limited by address; other addresses and routes are not affected',
    async (path) => {
      const refused = await refusedOf(() => logIn('1.1.1.1', path));
      expect(Number(refused?.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
      expect(refused?.headers.get('content-type')).toContain('application/problem+json');
      expect((await logIn('2.2.2.2')).status).toBe(200);
      const authorization = `Bearer ${tokenFor({})}`;
      expect((await get({ authorization, 'x-forwarded-for': '1.1.1.1' })).status).toBe(200);
    },
  );
});

describe('requests', () => {
  beforeEach(() => start({ requestsPerSecond: 1, burst: 1 }));

  it('are limited by person, wherever they come from', async () => {
    const id = newId();
    let count = 0;
    const refused = await refusedOf(() => {
      const authorization = `Bearer ${tokenFor({ id })}`;
      return get({ authorization, 'x-forwarded-for': `5.5.5.${count++}` });
    });
    expect(refused?.status).toBe(429);
    expect((await get({ authorization: `Bearer ${tokenFor({})}` })).status).toBe(200);
  });

  it('without a good token are limited by address', async () => {
    const headers = { authorization: 'Bearer garbage', 'x-forwarded-for': '4.4.4.4' };
    expect((await refusedOf(() => get(headers)))?.status).toBe(429);
  });
});

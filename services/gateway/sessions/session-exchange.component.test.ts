import type { IncomingMessage, ServerResponse } from 'node:http';
import { PROBLEM_TYPE } from '../../shared/kernel/errors';
import { newId } from '../../shared/kernel/ids';
import { eventually } from '../../shared/testing/eventually';
import { tokenFor } from '../../shared/testing/test-service';
import {
  alive,
  answerOk,
  startGateway,
  type GatewayUnderTest,
  type Running,
  type SeenRequest,
} from '../testing/gateway-under-test';

const LONG_MS = 5 * 60_000;
/** Still valid, but due to be exchanged. */
const SHORT_MS = 30_000;
const SESSION = /^session:/;
const LOCK = /^session-exchange:/;

const sessionId = newId();
const user = {
  id: newId(),
  nickname: 'kesha',
  email: 'kesha@popug.example',
  role: 'employee' as const,
  locale: 'en',
  status: 'active',
  managerId: null,
  permissions: [],
  version: 1,
};

let gateway: GatewayUnderTest;
let other: Running;
/** Exchanged refresh tokens, in order. */
let exchanged: string[];
let isEnded: boolean;
/** Answers of Auth that a test delays. */
let held: (() => void)[] | null;

beforeEach(async () => {
  gateway = await startGateway();
  other = await gateway.replica();
  exchanged = [];
  isEnded = false;
  held = null;
  gateway.answerWith((request, response) => {
    if (/\/auth\/method\/tokens$/.test(request.url)) return giveTokens(response, 'first', SHORT_MS);
    if (/\/auth\/method\/tokens\/refresh$/.test(request.url)) return exchange(request, response);
    return answerOk(request, response);
  });
});
afterEach(async () => {
  await other.stop();
  await gateway.stop();
});

function giveTokens(response: ServerResponse, refreshToken: string, lifeMs: number): void {
  const body = {
    token: tokenFor({ id: user.id, sessionId }),
    expiresAt: new Date(Date.now() + lifeMs).toISOString(),
    refreshToken,
    user,
    device: null,
  };
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

/**
 * Exchanges like Auth, but without its grace period: a token that is used twice ends the session.
 */
function exchange(request: SeenRequest, response: ServerResponse): void {
  const { refreshToken } = JSON.parse(request.body) as { refreshToken: string };
  isEnded ||= exchanged.includes(refreshToken);
  exchanged.push(refreshToken);
  const answer = (): void => {
    if (!isEnded) return giveTokens(response, `after-${refreshToken}`, LONG_MS);
    response.writeHead(401, { 'content-type': PROBLEM_TYPE }).end('{"type":"unauthorized"}');
  };
  if (held) held.push(answer);
  else answer();
}

async function logIn(): Promise<string> {
  const answer = await gateway.client
    .post('/api/v1/session')
    .send({ login: 'kesha', beakShape: 'curved-yellow-42' });
  return answer.headers['set-cookie']![0]!.split(';')[0]!;
}
const get = async (at: Running, cookie: string): Promise<number> =>
  (await at.client.get('/api/v1/tasks').set('cookie', cookie)).status;
const logOut = async (at: Running, cookie: string): Promise<number> =>
  (await at.client.delete('/api/v1/session').set({ cookie, 'x-popug-csrf': '1' })).status;

/** Returns the value in the state store under a key that fits the pattern. */
function stored(pattern: RegExp): unknown {
  const [entry] = [...gateway.neighbours.state].filter(([key]) => pattern.test(key));
  return entry?.[1].value;
}
const storedRefreshToken = (): string | undefined =>
  (stored(SESSION) as { refreshToken: string } | undefined)?.refreshToken;

/** Answers 500 to calls of the state store for which `refuse` returns true. */
function storeRefuses(refuse: (request: IncomingMessage, key: string) => boolean): void {
  gateway.neighbours.refusesState = (request, body) => {
    const [item] = Array.isArray(body) ? (body as { key: string }[]) : [];
    const key = item?.key ?? decodeURIComponent(request.url!.split('?')[0]!.split('/').at(-1)!);
    return refuse(request, key);
  };
}

describe('new tokens', () => {
  it('are kept although the state store fails once between Auth and it', async () => {
    const cookie = await logIn();
    let failures = 0;
    storeRefuses((request, key) => {
      const isRefused = request.method === 'POST' && SESSION.test(key) && failures === 0;
      failures += isRefused ? 1 : 0;
      return isRefused;
    });
    expect(await get(gateway, cookie)).toBe(200);
    expect(failures).toBe(1);
    await eventually('the new tokens to be written', () => storedRefreshToken() === 'after-first');
    expect(await get(other, cookie)).toBe(200);
    expect(exchanged).toEqual(['first']);
  });

  it('serve from here while the state store takes none of them', async () => {
    const cookie = await logIn();
    let isAway = true;
    storeRefuses(({ method }, key) => isAway && method === 'POST' && SESSION.test(key));
    for (let count = 0; count < 3; count += 1) expect(await get(gateway, cookie)).toBe(200);
    expect(storedRefreshToken()).toBe('first');
    isAway = false;
    await eventually('the new tokens to be written', () => storedRefreshToken() === 'after-first');
    expect(exchanged).toEqual(['first']);
  });

  it('are known for ours when only the answer to their writing was lost', async () => {
    const cookie = await logIn();
    let isLost = false;
    gateway.neighbours.losesStateAnswer = (_, body) => {
      const loses =
        !isLost && Array.isArray(body) && SESSION.test((body[0] as { key: string }).key);
      isLost ||= loses;
      return loses;
    };
    expect(await get(gateway, cookie)).toBe(200);
    expect(isLost).toBe(true);
    await eventually('the new tokens to be written', () => storedRefreshToken() === 'after-first');
    expect(await get(gateway, cookie)).toBe(200);
    expect(exchanged).toEqual(['first']);
  });

  it('are used although the lock of their exchange could not be released', async () => {
    const cookie = await logIn();
    storeRefuses(({ method }, key) => method === 'DELETE' && LOCK.test(key));
    expect(await get(gateway, cookie)).toBe(200);
    expect(storedRefreshToken()).toBe('after-first');
  });

  it('are not needed at once: the old ones go on while the state store is away', async () => {
    const cookie = await logIn();
    storeRefuses(() => true);
    expect(await get(gateway, cookie)).toBe(200);
    expect(exchanged).toEqual([]);
  });
});

describe('a log-out while tokens are exchanged', () => {
  it.each([
    ['the same replica', () => gateway],
    ['another replica', () => other],
  ])('at %s wins', async (_, at) => {
    const cookie = await logIn();
    held = [];
    const waiting = get(gateway, cookie);
    await eventually('the exchange to begin', () => held!.length === 1);
    expect(await logOut(at(), cookie)).toBe(204);
    held[0]!();
    expect(await waiting).toBe(401);
    expect(storedRefreshToken()).toBeUndefined();
    expect(await get(gateway, cookie)).toBe(401);
    expect(await get(other, cookie)).toBe(401);
  });

  it('wins at the replica that holds tokens it can’t write yet', async () => {
    const cookie = await logIn();
    let isAway = true;
    storeRefuses(({ method }, key) => isAway && method === 'POST' && SESSION.test(key));
    expect(await get(gateway, cookie)).toBe(200);
    expect(await logOut(gateway, cookie)).toBe(204);
    isAway = false;
    expect(await get(gateway, cookie)).toBe(401);
    expect(await get(other, cookie)).toBe(401);
    expect(storedRefreshToken()).toBeUndefined();
  });

  it('wins as well when the new tokens could not be written at first', async () => {
    const cookie = await logIn();
    let isAway = true;
    let tries = 0;
    storeRefuses(({ method }, key) => {
      const isWrite = method === 'POST' && SESSION.test(key);
      tries += isWrite ? 1 : 0;
      return isAway && isWrite;
    });
    expect(await get(gateway, cookie)).toBe(200);
    // Auth has a grace period for repeats.
    exchanged.length = 0;
    expect(await logOut(other, cookie)).toBe(204);
    isAway = false;
    const before = tries;
    await eventually('another try to write', () => tries > before);
    await eventually('it to be given up', async () => (await get(gateway, cookie)) === 401);
    expect(storedRefreshToken()).toBeUndefined();
  });
});

describe('an exchange that took so long that its lock ran out', () => {
  /**
   * Starts an exchange at the first replica, expires its lock, and starts another at the second.
   */
  async function overtaken(
    cookie: string,
  ): Promise<{ slow: Promise<number>; fast: Promise<number> }> {
    held = [];
    const slow = get(gateway, cookie);
    await eventually('the exchange to begin', () => held!.length === 1);
    const [lock] = [...gateway.neighbours.state.keys()].filter((key) => LOCK.test(key));
    gateway.neighbours.state.delete(lock!);
    // Auth has a grace period for repeats.
    exchanged.length = 0;
    const fast = get(other, cookie);
    await eventually('the other exchange to begin', () => held!.length === 2);
    return { slow, fast };
  }

  it('takes the tokens of the faster one when Auth refuses its own', async () => {
    const { slow, fast } = await overtaken(await logIn());
    held![1]!();
    expect(await fast).toBe(200);
    isEnded = true;
    held![0]!();
    expect(await slow).toBe(200);
    expect(storedRefreshToken()).toBe('after-first');
  });

  it('leaves the lock to the other one', async () => {
    const { slow, fast } = await overtaken(await logIn());
    const lock = stored(LOCK);
    held![0]!();
    expect(await slow).toBe(200);
    expect(stored(LOCK)).toBe(lock);
    held![1]!();
    expect(await fast).toBe(200);
    expect(stored(LOCK)).toBeUndefined();
  });
});

describe('a change of what somebody may do', () => {
  const promoted = { role: 'manager' as const, permissions: ['tasks.distribute' as const] };

  it('is seen at once on a fresh route: the token of a cookie is exchanged', async () => {
    const cookie = await logIn();
    await get(gateway, cookie);
    gateway.sessionsAre({ ...alive, rights: promoted });
    const answer = await gateway.client
      .post('/api/v1/tasks')
      .set({ cookie, 'x-popug-csrf': '1' })
      .send({});
    expect(answer.status).toBe(200);
    expect(exchanged).toEqual(['first', 'after-first']);
    const { authorization } = gateway.seen.at(-1)!.headers;
    expect(authorization).toBe(`Bearer ${(stored(SESSION) as { token: string }).token}`);
  });

  it('is 503 while Auth gives no new token', async () => {
    const cookie = await logIn();
    await get(gateway, cookie);
    gateway.sessionsAre({ ...alive, rights: promoted });
    gateway.answerWith((_, response) => void response.destroy());
    const answer = await gateway.client
      .post('/api/v1/tasks')
      .set({ cookie, 'x-popug-csrf': '1' })
      .send({});
    expect(answer.status).toBe(503);
  });
});

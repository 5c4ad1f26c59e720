import type { ServerResponse } from 'node:http';
import { newId } from '../../shared/kernel/ids';
import { eventually } from '../../shared/testing/eventually';
import { tokenFor, type TestCaller } from '../../shared/testing/test-service';
import { RateLimits } from '../proxy/rate-limits';
import {
  answerOk,
  startGateway,
  type GatewayUnderTest,
  type SeenRequest,
} from '../testing/gateway-under-test';

const PROBLEM = 'application/problem+json';
const LONG_MS = 5 * 60_000;
/** Still valid, but due to be exchanged. */
const SHORT_MS = 30_000;

/** Device token that Auth gives. */
const DEVICE = 'd'.repeat(43);

let gateway: GatewayUnderTest;
let tokenLifeMs: number;
let issued: number;
let refusal: { status: number; headers?: Record<string, string> } | null;
const sessionId = newId();
const user = {
  id: newId(),
  nickname: 'kesha',
  email: 'kesha@popug.example',
  role: 'employee',
  locale: 'en',
  status: 'active',
  managerId: null,
  permissions: [],
  version: 1,
};

const toAuth = (path: RegExp): SeenRequest[] =>
  gateway.seen.filter(({ url }) =>
    /^\/v1\.0\/invoke\/auth\/method(.*)$/.exec(url)?.[1]?.match(path),
  );

/** No rate limit in effect: these tests log in more often than one person would. */
const rates = { loginsPerSecond: 1_000, requestsPerSecond: 1_000, burst: 1_000 };

beforeAll(async () => {
  gateway = await startGateway({}, new RateLimits(rates));
});
afterAll(() => gateway.stop());
beforeEach(() => {
  gateway.seen.length = 0;
  tokenLifeMs = LONG_MS;
  refusal = null;
  issued = 0;
  gateway.answerWith((request, response) => {
    if (!/\/auth\/method\/tokens/.test(request.url)) return answerOk(request, response);
    authAnswers(response);
  });
});

function authAnswers(response: ServerResponse): void {
  if (refusal) {
    response.writeHead(refusal.status, { 'content-type': PROBLEM, ...refusal.headers });
    return void response.end('{"type":"refused","title":"Refused","status":0}');
  }
  issued += 1;
  const body = {
    token: tokenFor({ id: user.id, sessionId }),
    expiresAt: new Date(Date.now() + tokenLifeMs).toISOString(),
    refreshToken: `refresh-${issued}`,
    user,
    device: DEVICE,
  };
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

interface Shown {
  device: string | null;
}

async function logIn(): Promise<string> {
  const answer = await gateway.client
    .post('/api/v1/session')
    .send({ login: 'kesha', beakShape: 'curved-yellow-42' });
  expect(answer.status).toBe(201);
  return answer.headers['set-cookie']![0]!.split(';')[0]!;
}

describe('logging in', () => {
  it('sets a cookie for this host alone and keeps the tokens inside', async () => {
    const answer = await gateway.client
      .post('/api/v1/session')
      .send({ login: 'kesha', beakShape: 'curved-yellow-42' });
    expect(answer.status).toBe(201);
    expect(answer.body).toEqual({ user });
    const [cookie] = answer.headers['set-cookie'] as unknown as [string];
    expect(cookie).toMatch(/^__Host-popug=[\w-]{43}; Path=\/; Secure; HttpOnly; SameSite=Lax$/);
    const [seen] = toAuth(/^\/tokens$/);
    expect(seen!.headers['x-forwarded-for']).toMatch(/127\.0\.0\.1$/);
  });

  it('leaves the mark of the device, and shows it at the next login', async () => {
    const logInWith = (cookie: string) =>
      gateway.client
        .post('/api/v1/session')
        .set('cookie', cookie)
        .send({ login: 'kesha', beakShape: 'curved-yellow-42' })
        .expect(201);
    const answer = await logInWith('a=b');
    const [, mark] = answer.headers['set-cookie'] as unknown as string[];
    const attributes = 'Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=15552000';
    expect(mark).toBe(`__Host-popug-device=${DEVICE}; ${attributes}`);
    await logInWith(`a=b; ${mark!.split(';')[0]}; c=d`);
    await logInWith('__Host-popug-device=made-up');
    const shown = toAuth(/^\/tokens$/).map(({ body }) => (JSON.parse(body) as Shown).device);
    expect(shown).toEqual([null, DEVICE, null]);
  });

  it.each([401, 403, 429])('passes on that Auth refuses with %i', async (status) => {
    refusal = { status, headers: { 'retry-after': '7' } };
    const answer = await gateway.client
      .post('/api/v1/session')
      .send({ login: 'kesha', beakShape: 'wrong-beak' });
    expect(answer.status).toBe(status);
    expect(answer.body).toMatchObject({ type: 'refused', title: 'Refused', status });
    expect(answer.headers['retry-after']).toBe('7');
    expect(answer.headers['set-cookie']).toBeUndefined();
  });

  it('refuses unknown fields and bodies that are not plain JSON', async () => {
    const login = () => gateway.client.post('/api/v1/session');
    const unknown = await login().send({ login: 'a', beakShape: 'b', role: 'admin' });
    expect(unknown.status).toBe(400);
    expect((await login().type('form').send('login=a')).status).toBe(415);
    expect((await login().type('json').send('x'.repeat(70_000))).status).toBe(413);
    expect(gateway.seen).toEqual([]);
  });
});

describe('a session cookie', () => {
  it('is shown to no service: they see the token', async () => {
    const cookie = await logIn();
    const answer = await gateway.client.get('/api/v1/tasks').set('cookie', `a=b; ${cookie}; c=d`);
    expect(answer.status).toBe(200);
    const { headers } = gateway.seen.at(-1)!;
    expect(headers['authorization']).toMatch(/^Bearer ey/);
    expect(headers['cookie']).toBeUndefined();
  });

  it('tells who is signed in', async () => {
    const cookie = await logIn();
    const answer = await gateway.client.get('/api/v1/session').set('cookie', cookie);
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({ user });
  });

  it.each([
    ['unknown', `__Host-popug=${'x'.repeat(43)}`],
    ['malformed', '__Host-popug=../../etc'],
    ['without the prefix', 'popug=x'],
  ])('that is %s is 401', async (_, cookie) => {
    expect((await gateway.client.get('/api/v1/session').set('cookie', cookie)).status).toBe(401);
  });

  it('changes nothing without the header that other pages cannot send', async () => {
    const cookie = await logIn();
    const finish = () =>
      gateway.client.post(`/api/v1/tasks/${newId()}/finish`).set('cookie', cookie);
    const forged = await finish();
    expect(forged.status).toBe(403);
    expect(forged.body.type).toBe('csrf');
    expect((await finish().set('x-popug-csrf', '1')).status).toBe(200);
  });
});

describe('a token and a cookie together', () => {
  const routes = [
    { method: 'get' as const, path: '/tasks' },
    { method: 'post' as const, path: `/tasks/${newId()}/finish` },
    { method: 'get' as const, path: '/session' },
    { method: 'delete' as const, path: '/session' },
  ];
  const ask = (route: (typeof routes)[number], headers: Record<string, string>) =>
    gateway.client[route.method](`/api/v1${route.path}`).set(headers);
  const bearer = (caller: TestCaller): string => `Bearer ${tokenFor(caller)}`;

  it.each(routes)('of two people are 400: $method $path', async (route) => {
    const cookie = await logIn();
    gateway.seen.length = 0;
    const answer = await ask(route, { cookie, authorization: bearer({}), 'x-popug-csrf': '1' });
    expect(answer.status).toBe(400);
    expect(answer.headers['set-cookie']).toBeUndefined();
    expect(gateway.seen).toEqual([]);
  });

  it('of one person are what the token says', async () => {
    const cookie = await logIn();
    const other = newId();
    const authorization = bearer({ id: user.id, sessionId: other });
    gateway.asked.length = 0;
    const answer = await ask(routes[1]!, { cookie, authorization });
    expect(answer.status).toBe(200);
    expect(gateway.seen.at(-1)!.headers['authorization']).toBe(authorization);
    expect(gateway.asked).toEqual([other]);
  });

  it('of one person end the session of the cookie when that logs out, and no other', async () => {
    const cookie = await logIn();
    const authorization = bearer({ id: user.id, sessionId: newId() });
    expect((await ask(routes[3]!, { cookie, authorization })).status).toBe(204);
    expect(toAuth(/^\/sessions\//).map(({ url }) => url.split('/').at(-1))).toEqual([sessionId]);
  });

  it('are the token’s holder when the cookie’s session is over', async () => {
    const cookie = `__Host-popug=${'x'.repeat(43)}`;
    expect((await ask(routes[0]!, { cookie, authorization: bearer({}) })).status).toBe(200);
  });

  it('are nobody’s when the token is bad', async () => {
    const cookie = await logIn();
    const answer = await ask(routes[0]!, { cookie, authorization: 'Bearer garbage' });
    expect(answer.status).toBe(401);
  });

  it('are no way out of a cookie that names two sessions', async () => {
    const cookie = `${await logIn()}; ${await logIn()}`;
    expect((await ask(routes[0]!, { cookie })).status).toBe(400);
    const same = await logIn();
    expect((await ask(routes[0]!, { cookie: `${same}; ${same}` })).status).toBe(200);
  });
});

describe('logging out', () => {
  it('ends the session at Auth and here, and takes the cookie away', async () => {
    const cookie = await logIn();
    const answer = await gateway.client
      .delete('/api/v1/session')
      .set({ cookie, 'x-popug-csrf': '1' });
    expect(answer.status).toBe(204);
    expect(answer.headers['set-cookie']![0]).toMatch(/^__Host-popug=; .*Max-Age=0$/);
    const [ended] = toAuth(new RegExp(`^/sessions/${sessionId}$`));
    expect(ended).toMatchObject({ method: 'DELETE' });
    expect(ended!.headers['authorization']).toMatch(/^Bearer /);
    expect((await gateway.client.get('/api/v1/session').set('cookie', cookie)).status).toBe(401);
  });

  it('works while Auth is away', async () => {
    const cookie = await logIn();
    gateway.answerWith((_, response) => void response.destroy());
    const logOut = () =>
      gateway.client.delete('/api/v1/session').set({ cookie, 'x-popug-csrf': '1' });
    expect((await logOut()).status).toBe(204);
    expect((await logOut()).status).toBe(401);
  });

  it('is 404 for somebody who came with a token', async () => {
    const answer = await gateway.client
      .get('/api/v1/session')
      .set('authorization', `Bearer ${tokenFor({})}`);
    expect(answer.status).toBe(404);
  });
});

describe('a token that expires soon', () => {
  const exchanges = (): SeenRequest[] => toAuth(/^\/tokens\/refresh$/);

  async function logInFor(lifeMs: number): Promise<string> {
    tokenLifeMs = lifeMs;
    const cookie = await logIn();
    tokenLifeMs = LONG_MS;
    return cookie;
  }

  it('is exchanged once, however many requests and replicas need it', async () => {
    const cookie = await logInFor(SHORT_MS);
    const other = await gateway.replica();
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        (index % 2 ? gateway : other).client.get('/api/v1/tasks').set('cookie', cookie),
      ),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(exchanges().map(({ body }) => JSON.parse(body) as object)).toEqual([
      { refreshToken: 'refresh-1' },
    ]);
    await other.stop();
  });

  it('goes on to be used by other replicas while one exchanges it', async () => {
    const cookie = await logInFor(SHORT_MS);
    const other = await gateway.replica();
    const waiting: (() => void)[] = [];
    gateway.answerWith((request, response) => {
      if (!request.url.endsWith('/tokens/refresh')) return answerOk(request, response);
      waiting.push(() => authAnswers(response));
    });
    const first = gateway.client.get('/api/v1/tasks').set('cookie', cookie).then();
    await eventually('the exchange to begin', () => waiting.length === 1);
    expect((await other.client.get('/api/v1/tasks').set('cookie', cookie)).status).toBe(200);
    expect(waiting).toHaveLength(1);
    waiting[0]!();
    expect((await first).status).toBe(200);
    await other.stop();
  });

  it('is exchanged once even when it has expired already', async () => {
    const cookie = await logInFor(0);
    const other = await gateway.replica();
    const answers = await Promise.all(
      [gateway, other].map(({ client }) => client.get('/api/v1/tasks').set('cookie', cookie)),
    );
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(exchanges()).toHaveLength(1);
    await other.stop();
  });

  it('ends the session when Auth refuses the exchange', async () => {
    const cookie = await logInFor(SHORT_MS);
    refusal = { status: 401 };
    expect((await gateway.client.get('/api/v1/tasks').set('cookie', cookie)).status).toBe(401);
    refusal = null;
    expect((await gateway.client.get('/api/v1/tasks').set('cookie', cookie)).status).toBe(401);
    expect(exchanges()).toHaveLength(1);
  });

  it('goes on to be used while Auth is away', async () => {
    const cookie = await logInFor(SHORT_MS);
    refusal = { status: 503 };
    expect((await gateway.client.get('/api/v1/tasks').set('cookie', cookie)).status).toBe(200);
  });

  it('is 503 while Auth is away once it has expired, and works again afterwards', async () => {
    const cookie = await logInFor(0);
    refusal = { status: 503 };
    expect((await gateway.client.get('/api/v1/tasks').set('cookie', cookie)).status).toBe(503);
    refusal = null;
    expect((await gateway.client.get('/api/v1/tasks').set('cookie', cookie)).status).toBe(200);
  });
});

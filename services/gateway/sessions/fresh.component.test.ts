import { rolePermissions } from '../../shared/contracts/fields';
import { newId } from '../../shared/kernel/ids';
import { tokenFor, type TestCaller } from '../../shared/testing/test-service';
import {
  alive,
  answerOk,
  startGateway,
  type GatewayUnderTest,
} from '../testing/gateway-under-test';

let gateway: GatewayUnderTest;

beforeAll(async () => {
  gateway = await startGateway();
});
afterAll(() => gateway.stop());
beforeEach(() => {
  gateway.seen.length = 0;
  gateway.asked.length = 0;
  gateway.sessionsAre(alive);
  gateway.answerWith(answerOk);
});

const authorization = (caller: TestCaller): string => `Bearer ${tokenFor(caller)}`;

interface FreshRoute {
  verb: 'get' | 'post' | 'put' | 'patch' | 'delete' | 'head';
  path: string;
}

/** One of each kind: writes, and reads that need a permission or show emails. */
const routes: FreshRoute[] = [
  { verb: 'post', path: '/tasks' },
  { verb: 'patch', path: `/tasks/${newId()}` },
  { verb: 'post', path: `/tasks/${newId()}/finish` },
  { verb: 'post', path: `/users/${newId()}/deactivate` },
  { verb: 'put', path: '/accounts/me/bank-account' },
  { verb: 'delete', path: `/sessions/${newId()}` },
  { verb: 'get', path: '/users' },
  { verb: 'head', path: '/users' },
  { verb: 'get', path: `/users/${newId()}` },
  { verb: 'get', path: '/accounts' },
  { verb: 'get', path: '/payouts' },
];

describe.each(routes)('a fresh route: $verb $path', ({ verb, path }) => {
  const ask = (caller: TestCaller) =>
    gateway.client[verb](`/api/v1${path}`).set('authorization', authorization(caller));

  it('asks Auth about the session of the token each time', async () => {
    const sessionId = newId();
    expect((await ask({ role: 'admin', sessionId })).status).toBe(200);
    expect((await ask({ role: 'admin', sessionId })).status).toBe(200);
    expect(gateway.asked).toEqual([sessionId, sessionId]);
  });

  it('refuses the token of a session that was ended', async () => {
    gateway.sessionsAre({ active: false, userId: null, rights: null });
    expect((await ask({ role: 'admin' })).status).toBe(401);
    expect(gateway.seen).toEqual([]);
  });

  it('is 503 while Auth is away', async () => {
    gateway.sessionsAre(503);
    const answer = await ask({ role: 'admin' });
    expect(answer.status).toBe(503);
    expect(answer.headers['retry-after']).toBe('1');
    expect(gateway.seen).toEqual([]);
  });
});

describe('a token', () => {
  const admin = [...rolePermissions.admin];
  const createUser = () =>
    gateway.client.post('/api/v1/users').set('authorization', authorization({ role: 'admin' }));

  it('that says what its holder may do now is good', async () => {
    const permissions = admin.toReversed();
    gateway.sessionsAre({ ...alive, rights: { role: 'admin', permissions } });
    expect((await createUser()).status).toBe(200);
  });

  it.each([
    ['a permission less', { role: 'admin' as const, permissions: admin.slice(1) }],
    ['another role', { role: 'employee' as const, permissions: admin }],
    ['nothing', { role: 'employee' as const, permissions: [] }],
  ])('of somebody who has %s now is refused: there is a newer one', async (_, rights) => {
    gateway.sessionsAre({ ...alive, rights });
    expect((await createUser()).status).toBe(401);
    expect(gateway.seen).toEqual([]);
  });

  it('of somebody who may more by now is refused as well', async () => {
    gateway.sessionsAre({ ...alive, rights: { role: 'manager', permissions: admin } });
    const answer = await gateway.client
      .post('/api/v1/tasks')
      .set('authorization', authorization({ role: 'manager' }));
    expect(answer.status).toBe(401);
  });
});

it('a route that is not fresh asks nobody', async () => {
  const answer = await gateway.client.get('/api/v1/tasks').set('authorization', authorization({}));
  expect(answer.status).toBe(200);
  expect(gateway.asked).toEqual([]);
});

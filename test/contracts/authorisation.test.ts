import { z } from 'zod';
import { allRoutes, type ServiceRoute } from '../../scripts/generate/public-routes';
import { catalogue } from '../../services/catalogue';
import { policies as accountPolicies } from '../../services/account/policies';
import { policies as authPolicies } from '../../services/auth/policies';
import { policies as boardPolicies } from '../../services/board/policies';
import { policies as gatewayPolicies } from '../../services/gateway/policies';
import { policies as notifyPolicies } from '../../services/notify/policies';
import { policies as paymentPolicies } from '../../services/payment/policies';
import { policies as userPolicies } from '../../services/user/policies';
import { readEnv, serviceEnv, tokenEnv } from '../../services/shared/config/env';
import { permission, role, rolePermissions } from '../../services/shared/contracts/fields';
import { noContent } from '../../services/shared/http/route';
import { createParts } from '../../services/shared/runtime/parts';
import {
  testClient,
  testEnv,
  testVerifier,
  type TestCaller,
  type TestRequester,
} from '../../services/shared/testing/test-service';

const ALLOWED = 204;
const permissions = permission.options;

/** The route with its key and policy, and nothing behind them: whoever is let in gets 204. */
function emptied(route: ServiceRoute): ServiceRoute {
  const spec = {
    ...route.spec,
    params: z.record(z.string(), z.string()),
    query: undefined,
    body: undefined,
    answers: { [ALLOWED]: null },
    handle: () => Promise.resolve(noContent()),
  };
  return { ...route, spec };
}

const env = readEnv({ ...serviceEnv, ...tokenEnv }, testEnv(1));
const parts = { ...createParts('authorisation', env), verifier: testVerifier() };
const routes = allRoutes();
/** A client for each service: the same path may be another route elsewhere. */
const clients = new Map(
  catalogue.map(({ name }) => {
    const own = routes.filter(({ service }) => service === name).map(emptied);
    return [name, testClient({ parts, routes: own })];
  }),
);
afterAll(() => parts.sidecar.close());

type Ask = (requester: TestRequester) => Promise<number>;

/** How a route answers whom. */
function askerOf({ method, path }: ServiceRoute): Ask {
  const verb = method.toLowerCase() as keyof TestRequester;
  const real = path.replace(/\{\w+\}/g, 'some');
  return async (requester) => (await requester[verb](real).set('if-match', '"1"')).status;
}

/** Routes by name, so that each gives a test. */
const named = (list: readonly ServiceRoute[]): [string, ServiceRoute][] =>
  list.map((route) => [`${route.service}: ${route.key}`, route]);
const allowing = (...kinds: string[]): [string, ServiceRoute][] =>
  named(routes.filter(({ access }) => kinds.includes(access.allow)));

describe('a route for anybody', () => {
  it.each(allowing('anybody'))('%s asks for no token', async (_, route) => {
    expect(await askerOf(route)(clients.get(route.service)!.anonymous())).toBe(ALLOWED);
  });
});

describe('a route for people', () => {
  it.each(allowing('signed-in', ...permissions))(
    '%s is 401 without a token, for services too',
    async (_, route) => {
      const client = clients.get(route.service)!;
      expect(await askerOf(route)(client.anonymous())).toBe(401);
      for (const { name } of catalogue) {
        expect(await askerOf(route)(client.service(name))).toBe(401);
      }
    },
  );

  it.each(allowing('signed-in'))('%s lets in whoever is signed in', async (_, route) => {
    expect(await askerOf(route)(clients.get(route.service)!.as({}))).toBe(ALLOWED);
  });

  it.each(allowing(...permissions))(
    '%s lets in those with the permission, by role or personally, and nobody else',
    async (_, route) => {
      const needed = permissions.find((each) => each === route.access.allow)!;
      const ask = async (caller: TestCaller): Promise<number> =>
        askerOf(route)(clients.get(route.service)!.as(caller));
      for (const each of role.options) {
        const isEnough = rolePermissions[each].includes(needed);
        expect([each, await ask({ role: each })]).toEqual([each, isEnough ? ALLOWED : 403]);
      }
      const others = permissions.filter((each) => each !== needed);
      expect(await ask({ permissions: others })).toBe(403);
      expect(await ask({ permissions: [needed] })).toBe(ALLOWED);
    },
  );
});

describe('a route between services', () => {
  it.each(allowing('services'))('%s exists for its callers only', async (_, route) => {
    const client = clients.get(route.service)!;
    const { callers } = route.access as { callers: readonly string[] };
    expect(await askerOf(route)(client.anonymous())).toBe(404);
    expect(await askerOf(route)(client.as({ role: 'admin' }))).toBe(404);
    for (const { name } of catalogue) {
      const status = await askerOf(route)(client.service(name));
      expect([name, status]).toEqual([name, callers.includes(name) ? ALLOWED : 404]);
    }
  });
});

describe('the policy tables', () => {
  const tables = {
    account: accountPolicies,
    auth: authPolicies,
    board: boardPolicies,
    gateway: gatewayPolicies,
    notify: notifyPolicies,
    payment: paymentPolicies,
    user: userPolicies,
  };

  it.each(Object.entries(tables))('%s has a route for each policy', (name, table) => {
    const keys = routes.filter(({ service }) => service === name).map(({ key }) => key);
    expect(keys.sort()).toEqual(Object.keys(table).sort());
  });

  it('ask Auth each time before somebody changes what takes a permission', () => {
    const changes = allowing(...permissions).filter(([, { method }]) => method !== 'GET');
    const stale = changes.filter(([, { access }]) => access.fresh !== true);
    expect(stale.map(([name]) => name)).toEqual([]);
  });
});

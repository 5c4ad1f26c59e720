import { z } from 'zod';
import { allRoutes, policiesOf, type ServiceRoute } from '../../tools/generate/programs';
import { catalogue } from '../../services/catalogue';
import { readEnv, serviceEnv, tokenEnv } from '../../services/shared/config/env';
import { permission, role, rolePermissions } from '../../services/shared/contracts/fields';
import { readOpenApi } from '../../services/gateway/api/open-api';
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
const document = readOpenApi('docs/openapi.json');
const permissions = permission.options;

/** The route with its key and policy but an empty handler: admitted callers get 204. */
function emptied(route: ServiceRoute): ServiceRoute {
  const spec = { ...route.spec, answers: { [ALLOWED]: null } };
  return { ...route, spec, handle: () => Promise.resolve(noContent()) };
}

const env = readEnv({ ...serviceEnv, ...tokenEnv }, testEnv(1));
const parts = { ...createParts('authorisation', env), verifier: testVerifier() };
const routes = allRoutes();
/** One client per service: another service may have the same path. */
const clients = new Map(
  catalogue.map(({ name }) => {
    const own = routes.filter(({ service }) => service === name).map(emptied);
    return [name, testClient({ parts, routes: own })];
  }),
);
afterAll(() => parts.sidecar.close());

type Ask = (requester: TestRequester) => Promise<number>;

/** Sends the route's request as a given caller and returns the status. */
function askerOf({ method, path, spec }: ServiceRoute): Ask {
  const verb = method.toLowerCase() as keyof TestRequester;
  const real = path.replace(/\{\w+\}/g, 'some');
  return async (requester) => {
    const request = requester[verb](real).set('if-match', '"1"');
    const type = spec.consumes?.type;
    return (await (type === undefined ? request : request.type(type).send('<some/>'))).status;
  };
}

/** Routes with a name for `it.each`. */
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
  // A second program of a folder, like account-worker, answers no requests.
  const serving = catalogue.filter(({ entry }) => entry.endsWith('/main.js'));

  it.each(serving)('$name has a route for each policy', (each) => {
    const keys = routes.filter(({ service }) => service === each.name).map(({ key }) => key);
    expect(keys.sort()).toEqual(Object.keys(policiesOf(each)).sort());
  });
});

describe('a session that was ended meanwhile', () => {
  const forPeople = routes.filter(({ access }) =>
    ['signed-in', ...permissions].includes(access.allow),
  );
  const stale = (list: readonly ServiceRoute[]): string[] =>
    list.filter(({ access }) => access.fresh !== true).map(({ key }) => key);
  const writes = forPeople.filter(({ method }) => method !== 'GET');

  it('changes nothing, but for logging out, which works while Auth is away', () => {
    expect(writes.length).toBeGreaterThan(15);
    expect(stale(writes)).toEqual(['DELETE /api/v1/session']);
  });

  it('has no permission any more', () => {
    expect(stale(forPeople.filter(({ access }) => access.allow !== 'signed-in'))).toEqual([]);
  });

  it('sees nobody’s email or bank account but its own', () => {
    const reads = forPeople.filter(({ method }) => method === 'GET');
    const personal = reads.filter(({ spec }) =>
      Object.values(spec.answers).some((schema) => {
        const text = JSON.stringify(schema && z.toJSONSchema(schema, { io: 'output' }));
        return /"(email|bankAccount)":/.test(text);
      }),
    );
    expect(personal.length).toBeGreaterThan(3);
    expect(stale(personal)).toEqual([
      'GET /api/v1/session',
      'GET /accounts/me',
      'GET /accounts/me/payouts',
    ]);
  });

  it('is told why, wherever a route does not ask', () => {
    const excused = routes.filter(({ access }) => access.fresh === false);
    for (const { access } of excused) {
      expect((access as { because: string }).because).toMatch(/\w+ \w+/);
    }
  });

  it('is asked for as the document says', () => {
    for (const { key, access, service } of routes) {
      if (access.allow === 'services') continue;
      const [method, path] = key.split(' ') as [string, string];
      const item = document.paths[service === 'gateway' ? path : `/api/v1${path}`]!;
      const described = item[method.toLowerCase() as 'get']!;
      expect([key, described['x-fresh'] ?? false]).toEqual([key, access.fresh === true]);
    }
  });
});

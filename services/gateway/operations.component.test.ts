import { serviceStatus, getReconciliation } from '../shared/contracts/calls/operations';
import { PROBLEM_TYPE } from '../shared/kernel/errors';
import { newId } from '../shared/kernel/ids';
import { tokenFor } from '../shared/testing/test-service';
import { observed, reconciled } from './policies';
import {
  startGateway,
  type GatewayUnderTest,
  type SeenRequest,
} from './testing/gateway-under-test';

let gateway: GatewayUnderTest;
const operator = `Bearer ${tokenFor({ role: 'admin' })}`;
const STATUS = '/api/v1/operations/status';
const RUNS = '/api/v1/operations/reconciliations';

beforeAll(async () => {
  gateway = await startGateway({ SIGN_UP: 'approval', CURRENCY: 'EUR', VERSION: '1.2.3' });
});
afterAll(() => gateway.stop());
beforeEach(() => (gateway.seen.length = 0));

const serviceOf = ({ url }: SeenRequest): string => url.split('/')[3]!;

/** Answers of the services by name; a missing one is away. */
function answer(bodyOf: (service: string) => object | number): void {
  gateway.answerWith((request, response) => {
    const body = bodyOf(serviceOf(request));
    const [status, type] =
      typeof body === 'number' ? [body, PROBLEM_TYPE] : [200, 'application/json'];
    const problem = { type: 'not-found', title: 'not there' };
    response.writeHead(status, { 'content-type': type });
    response.end(JSON.stringify(typeof body === 'number' ? problem : body));
  });
}
const get = (path: string) => gateway.client.get(path).set('authorization', operator);

describe('the status', () => {
  const fine = (service: string): object => ({
    ...serviceStatus('x').example.response,
    service,
  });

  it('is ok when every service is', async () => {
    answer(fine);
    const { body } = await get(STATUS).expect(200);
    expect(body.state).toBe('ok');
    expect(body.services.map(({ service }: { service: string }) => service)).toEqual(observed);
  });

  it('names a service that is away, and shows the others', async () => {
    answer((service) => (service === 'board' ? 503 : fine(service)));
    const { body } = await get(STATUS).expect(200);
    expect(body.state).toBe('attention');
    expect(body.services).toHaveLength(observed.length);
    expect(body.services).toContainEqual({ service: 'board', reachable: false });
    expect(body.services).toContainEqual({ ...fine('user'), reachable: true });
  });

  it('is attention when a service needs some', async () => {
    answer((service) => ({ ...fine(service), attention: ['dead-letters'] }));
    expect((await get(STATUS).expect(200)).body.state).toBe('attention');
  });

  it('is for operators', async () => {
    const accountant = `Bearer ${tokenFor({ role: 'accountant' })}`;
    await gateway.client.get(STATUS).set('authorization', accountant).expect(403);
    await gateway.client.get(STATUS).expect(401);
  });
});

describe('a reconciliation', () => {
  const run = getReconciliation('x').example.response;

  it('is started at every service with a database, under one id', async () => {
    answer(() => ({ id: newId() }));
    const started = await gateway.client.post(RUNS).set('authorization', operator).expect(202);
    expect(started.body.notStarted).toEqual([]);
    expect(gateway.seen.map(serviceOf).sort()).toEqual([...reconciled].sort());
    const ids = gateway.seen.map(({ body }) => (JSON.parse(body) as { id: string }).id);
    expect(new Set(ids)).toEqual(new Set([started.body.id]));
  });

  it('says where it could not be started', async () => {
    answer((service) => (service === 'auth' ? 503 : { id: newId() }));
    const started = await gateway.client.post(RUNS).set('authorization', operator).expect(202);
    expect(started.body.notStarted).toEqual(['auth']);
  });

  it('is done when every service is, and adds up what is missing', async () => {
    const { id } = run;
    answer(() => run);
    expect((await get(`${RUNS}/${id}`).expect(200)).body).toMatchObject({
      id,
      state: 'done',
      missing: 0,
    });
    const results = [{ ...run.results[0], missing: 2, missingIds: ['a', 'b'] }];
    answer((service) => (service === 'user' ? { ...run, results } : run));
    expect((await get(`${RUNS}/${id}`).expect(200)).body.missing).toBe(2);
    answer((service) => (service === 'user' ? { ...run, finishedAt: null } : run));
    expect((await get(`${RUNS}/${id}`).expect(200)).body.state).toBe('running');
    answer((service) => (service === 'user' ? 503 : run));
    const { body } = await get(`${RUNS}/${id}`).expect(200);
    expect(body.state).toBe('running');
    expect(body.services).toContainEqual({ service: 'user', reachable: false });
  });

  it('is 404 when nobody knows it', async () => {
    answer(() => 404);
    await get(`${RUNS}/${newId()}`).expect(404);
    await get(`${RUNS}/nonsense`).expect(400);
  });
});

describe('routes that several services have', () => {
  it('lead to the service in the path', async () => {
    answer(() => ({ items: [], next: null }));
    await get('/api/v1/operations/account/dead-letters?limit=1').expect(200);
    expect(gateway.seen[0]!.url).toBe(
      '/v1.0/invoke/account/method/operations/account/dead-letters?limit=1',
    );
  });

  it.each(['payment/dead-letters', 'gateway/audit-log', 'nobody/audit-log', '{service}/audit-log'])(
    '%s is 404: no such service, or it has no such thing',
    async (path) => {
      await get(`/api/v1/operations/${path}`).expect(404);
      expect(gateway.seen).toEqual([]);
    },
  );
});

describe('the settings', () => {
  it('are there for anybody', async () => {
    const { body } = await gateway.client.get('/api/v1/settings').expect(200);
    expect(body).toEqual({
      currency: 'EUR',
      businessTimeZone: 'Europe/Moscow',
      cutOff: '18:00',
      now: expect.stringMatching(/Z$/),
      languages: ['en', 'ru'],
      signUpEnabled: true,
      jiraUrl: null,
      version: '1.2.3',
    });
  });

  it('show the demo logins where they are set', async () => {
    const logins = [{ role: 'admin', login: 'gagarin', beakShape: 'curved' }];
    const demo = await startGateway({
      DEMO_LOGINS: JSON.stringify(logins),
      JIRA_URL: 'https://jira.example/browse/',
    });
    try {
      const { body } = await demo.client.get('/api/v1/settings').expect(200);
      expect(body).toMatchObject({
        demoLogins: logins,
        jiraUrl: 'https://jira.example/browse/',
        signUpEnabled: false,
        version: 'unreleased',
      });
    } finally {
      await demo.stop();
    }
  });
});

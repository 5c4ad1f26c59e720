import { randomUUID } from 'node:crypto';
import { listenLive } from '../../services/gateway/testing/live-client';
import { taskAssigned, type TaskAssigned } from '../../services/shared/contracts/events/tasks';
import { cloudEventOf } from '../../services/shared/testing/cloud-events';
import { eventually } from '../../services/shared/testing/eventually';
import type { Person } from '../../operations/client/api';
import { startExchange, type Exchange } from './support/exchange';
import { balanceOf, expectMoneyInOrder } from './support/money';
import { openBrowser, type Browser } from './support/session';

/** Ten deliveries with growing delays take about twenty seconds. */
const RETRIES_MS = 60_000;
const FRESH_ROUTE = '/analytics/earnings';

let exchange: Exchange;
let worker: Person;

beforeAll(async () => {
  exchange = await startExchange();
  worker = await exchange.hire('worker');
}, 120_000);
afterAll(() => exchange.stop());

describe('a group with permissions', () => {
  const id = randomUUID();
  let browser: Browser;
  let bearer: string;
  let refreshToken: string;

  const withBearer = async (): Promise<number> =>
    (await exchange.api.send('GET', FRESH_ROUTE, { token: bearer })).status;

  async function refresh(): Promise<void> {
    const { body } = await exchange.api.must('POST', '/tokens/refresh', { body: { refreshToken } });
    [bearer, refreshToken] = [body.token as string, body.refreshToken as string];
  }

  it('starts without members, and gives nobody anything', async () => {
    const body = { id, name: 'Analysts', permissions: ['analytics.view'] };
    const created = await exchange.admin.post('/groups', body);
    expect(created).toMatchObject({ status: 201, body: { ...body, members: [], memberCount: 0 } });
    browser = await openBrowser(exchange.api, worker);
    const login = { login: worker.email, beakShape: worker.beakShape };
    const tokens = await exchange.api.must('POST', '/tokens', { body: login });
    ({ token: bearer, refreshToken } = tokens.body);
    expect([await browser.get(FRESH_ROUTE), await withBearer()]).toEqual([403, 403]);
  });

  it('gives a new member the right in the session they have already', async () => {
    const added = await exchange.admin.send('PUT', `/groups/${id}/members/${worker.id}`);
    expect(added).toMatchObject({ status: 200, body: { members: [worker.id] } });
    const isAllowed = async (): Promise<boolean> => (await browser.get(FRESH_ROUTE)) === 200;
    await eventually('the cookie has the right', isAllowed, 5_000);
    await refresh();
    expect(await withBearer()).toBe(200);
    const { body: user } = await exchange.admin.get(`/users/${worker.id}`);
    expect(user).toMatchObject({ permissions: ['analytics.view'], ownPermissions: [] });
    expect(JSON.stringify(user.groups)).toContain('Analysts');
  });

  it('takes the right from a removed member, whose tokens are not expired', async () => {
    const path = `/groups/${id}/members/${worker.id}`;
    expect((await exchange.admin.send('DELETE', path)).status).toBe(204);
    const isRefused = async (): Promise<boolean> => (await browser.get(FRESH_ROUTE)) === 403;
    await eventually('the cookie has lost the right', isRefused, 5_000);
    expect([401, 403]).toContain(await withBearer());
    await refresh();
    expect(await withBearer()).toBe(403);
  });

  it('leaves a trace of who gave and took what', async () => {
    const { body } = await exchange.admin.get(`/operations/user/audit-log?subject=${worker.id}`);
    const traces = body.items.map(({ action, actorId }: { action: string; actorId: string }) => [
      action,
      actorId,
    ]);
    const { id: admin } = exchange.admin;
    expect(traces).toEqual(
      expect.arrayContaining([
        ['group-member.added', admin],
        ['group-member.removed', admin],
      ]),
    );
    expect((await worker.send('GET', '/operations/user/audit-log')).status).toBe(403);
  });
});

describe('a stream of live hints', () => {
  it('ends when its owner is deactivated, and opens no more', async () => {
    const leaver = await exchange.hire('leaver');
    const headers = { authorization: `Bearer ${leaver.token}` };
    const live = await listenLive(exchange.stack.gatewayUrl, headers);
    await exchange.admin.post(`/users/${leaver.id}/deactivate`);
    await live.ended();
    expect(live.hints()).toContainEqual({ topic: 'session' });
    await expect(listenLive(exchange.stack.gatewayUrl, headers)).rejects.toThrow('401');
  });
});

describe('dead letters', () => {
  const PATH = '/operations/account/dead-letters';

  interface Letter {
    id: string;
    eventId: string;
  }

  /** Publishes an event on the topic of tasks through the sidecar of Board, who owns the topic. */
  async function publish(data: object, id: string): Promise<void> {
    const { daprUrl, daprApiToken } = exchange.stack.service('board');
    const answer = await fetch(`${daprUrl}/v1.0/publish/pubsub/tasks`, {
      method: 'POST',
      headers: {
        'content-type': 'application/cloudevents+json',
        'dapr-api-token': daprApiToken,
      },
      body: JSON.stringify(cloudEventOf(taskAssigned, data as TaskAssigned, id)),
    });
    expect(answer.status).toBe(204);
  }

  const letterOf = (eventId: string): Promise<Letter> =>
    eventually(
      'the dead letter',
      async () => {
        const { body } = await exchange.admin.get(`${PATH}?type=${taskAssigned.type}`);
        return (body.items as Letter[]).find((letter) => letter.eventId === eventId);
      },
      RETRIES_MS,
    );

  it('keep an unreadable event, which is shown whole and discarded with a reason', async () => {
    const eventId = randomUUID();
    await publish({ taskId: 'nobody knows' }, eventId);
    const { id } = await letterOf(eventId);
    const { body: shown } = await exchange.admin.get(`${PATH}/${id}`);
    expect(shown).toMatchObject({ state: 'open', topic: 'tasks', timesSeen: 1 });
    expect(shown.payload).toContain('nobody knows');
    const { body: status } = await exchange.admin.get('/operations/status');
    expect(status.state).toBe('attention');

    const discard = `${PATH}/${id}/discard`;
    expect((await exchange.admin.send('POST', discard, {})).status).toBe(400);
    const reason = 'nobody knows this task';
    const discarded = await exchange.admin.post(discard, { reason });
    expect(discarded.body).toMatchObject({ state: 'discarded', resolvedReason: reason });
    expect(await exchange.admin.send('POST', discard, { reason })).toMatchObject({
      status: 409,
      body: { type: 'already-resolved' },
    });
    expect((await exchange.admin.send('POST', `${PATH}/${id}/replay`)).status).toBe(409);
    const { body: log } = await exchange.admin.get(`/operations/account/audit-log?subject=${id}`);
    expect(log.items).toEqual([
      expect.objectContaining({
        action: 'dead-letter.discarded',
        actorId: exchange.admin.id,
        reason,
      }),
    ]);
  });

  it('are replayed once their cause is gone, and have one effect', async () => {
    const [eventId, taskId] = [randomUUID(), randomUUID()];
    const before = await balanceOf(worker);
    const assignedAt = new Date().toISOString();
    const fact = { taskId, userId: worker.id, assignmentNumber: 1, distributionId: null };
    await publish({ ...fact, assignedAt }, eventId);
    const { id } = await letterOf(eventId);
    expect(await balanceOf(worker)).toBe(before);
    const tooEarly = await exchange.admin.post(`${PATH}/${id}/replay`);
    expect(tooEarly.body).toMatchObject({ outcome: 'retry-later', deadLetter: { state: 'open' } });

    // The missing price is drawn. The task is not dealt yet, so the fee is the replay's.
    const { body: task } = await exchange.admin.post('/tasks', {
      id: taskId,
      title: '[DEAD-1] Go',
    });
    const replayed = await exchange.admin.post(`${PATH}/${id}/replay`);
    expect(replayed.body).toMatchObject({ outcome: 'done', deadLetter: { state: 'replayed' } });
    expect(await balanceOf(worker)).toBe(before - BigInt(task.fee.amount));
    expect((await exchange.admin.send('POST', `${PATH}/${id}/replay`)).status).toBe(409);
    const { body: log } = await exchange.admin.get(`/operations/account/audit-log?subject=${id}`);
    expect(log.items).toMatchObject([
      { action: 'dead-letter.replayed', actorId: exchange.admin.id },
    ]);
    await dealAgain(taskId);
  });

  /** Deals the task: Board's own event tells the same assignment, so it may charge nothing more. */
  async function dealAgain(taskId: string): Promise<void> {
    const { body: dealt } = await exchange.admin.post('/distributions', { scope: 'unassigned' });
    expect(dealt.people).toMatchObject([{ userId: worker.id, taskCount: 1 }]);
    const { id } = await eventually('the second fact is put aside', async () => {
      const { body } = await exchange.admin.get(`${PATH}?state=open`);
      return (body.items as Letter[])[0];
    });
    await exchange.admin.post(`${PATH}/${id}/discard`, { reason: 'booked by the replay' });
    const { body } = await worker.get('/accounts/me/entries');
    expect(body.items).toMatchObject([{ kind: 'fee', taskId, assignmentNumber: 1 }]);
    await expectMoneyInOrder(exchange.stack);
  }

  it('belong to those with the permission', async () => {
    expect((await worker.send('GET', PATH)).status).toBe(403);
    expect((await exchange.admin.send('GET', `${PATH}/${randomUUID()}`)).status).toBe(404);
  });
});

describe('operations', () => {
  it('show the status of every service', async () => {
    const { body } = await exchange.admin.get('/operations/status');
    const shown = body.services as { service: string; reachable: boolean }[];
    const names = ['account', 'auth', 'board', 'notify', 'payment', 'user'];
    expect(shown.map(({ service }) => service)).toEqual(expect.arrayContaining(names));
    expect(shown.filter(({ reachable }) => !reachable)).toEqual([]);
    expect((await worker.send('GET', '/operations/status')).status).toBe(403);
  });

  it('compare everything on demand, and miss nothing', async () => {
    const started = await exchange.admin.post('/operations/reconciliations');
    expect(started).toMatchObject({ status: 202, body: { notStarted: [] } });
    const path = `/operations/reconciliations/${started.body.id}`;
    const done = await eventually('the reconciliation', async () => {
      const { body } = await exchange.admin.get(path);
      return body.state === 'done' && body;
    });
    expect(done.missing).toBe(0);
    const services = done.services as { service: string; results: { error: string | null }[] }[];
    expect(services.map(({ service }) => service).sort()).toEqual(
      expect.arrayContaining(['account', 'auth', 'payment', 'user']),
    );
    for (const { results } of services) {
      expect(results.length).toBeGreaterThan(0);
      expect(results.filter(({ error }) => error !== null)).toEqual([]);
    }
    expect((await worker.send('GET', path)).status).toBe(403);
  });

  it('tell anybody the settings, without a token', async () => {
    const { status, body } = await exchange.api.send('GET', '/settings');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      currency: 'USD',
      businessTimeZone: 'Europe/Moscow',
      cutOff: '18:00',
      languages: ['en', 'ru'],
      signUpEnabled: true,
    });
    expect(Math.abs(Date.parse(body.now as string) - Date.now())).toBeLessThan(60_000);
  });
});

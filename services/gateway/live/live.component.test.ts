import { thingsChanged, type Hint } from '../../shared/contracts/events/hints';
import { newId } from '../../shared/kernel/ids';
import { cloudEventOf } from '../../shared/testing/cloud-events';
import { eventually } from '../../shared/testing/eventually';
import { tokenFor, type TestCaller } from '../../shared/testing/test-service';
import { alive, startGateway, type GatewayUnderTest } from '../testing/gateway-under-test';
import { listenLive, type LiveClient } from '../testing/live-client';

let gateway: GatewayUnderTest;
const open: LiveClient[] = [];

beforeAll(async () => {
  gateway = await startGateway();
});
afterAll(() => gateway.stop());
beforeEach(() => gateway.sessionsAre(alive));
afterEach(() => open.splice(0).forEach((client) => client.close()));

const kesha = newId();
const bearer = (caller: TestCaller): Record<string, string> => ({
  authorization: `Bearer ${tokenFor(caller)}`,
});

async function listen(
  caller: TestCaller,
  headers: Record<string, string> = {},
): Promise<LiveClient> {
  const client = await listenLive(gateway.url, { ...bearer(caller), ...headers });
  open.push(client);
  return client;
}

const eventOf = (hints: Hint[], id = newId()): object => cloudEventOf(thingsChanged, { hints }, id);

const deliver = (events: object[]) => gateway.internal.deliver('hints', events).expect(200);

const taskOf = (userId: string, id: string): Hint => ({
  topic: 'task',
  people: [{ userId, ids: [id] }],
  watchers: 'tasks.view-all',
  ids: [id],
});

describe('GET /live', () => {
  it('tells people what concerns them, and watchers what they may see', async () => {
    const [mine, managers, others] = [
      await listen({ id: kesha }),
      await listen({ role: 'manager' }),
      await listen({}),
    ];
    const id = newId();
    await deliver([eventOf([taskOf(kesha, 'task-1')], id)]);
    const told = [{ topic: 'task', ids: ['task-1'] }];
    await eventually('the owner is told', () => mine.hints().length > 0);
    await eventually('the manager is told', () => managers.hints().length > 0);
    expect(mine.hints()).toEqual(told);
    expect(managers.hints()).toEqual(told);
    expect(mine.messages.at(-1)).toMatchObject({ id, event: 'hint' });
    expect(others.messages).toEqual([]);
  });

  it('shows people their own ids only', async () => {
    const mine = await listen({ id: kesha });
    const hint: Hint = {
      topic: 'entry',
      people: [
        { userId: kesha, ids: ['a'] },
        { userId: newId(), ids: ['b'] },
      ],
      watchers: 'accounting.view-all',
      ids: ['a', 'b'],
    };
    await deliver([eventOf([hint])]);
    await eventually('the hint', () => mine.hints().length > 0);
    expect(mine.hints()).toEqual([{ topic: 'entry', ids: ['a'] }]);
  });

  it('repeats what a client missed while it reconnected', async () => {
    const [first, missed] = [newId(), newId()];
    const before = await listen({ id: kesha });
    await deliver([eventOf([taskOf(kesha, 'seen')], first)]);
    await eventually('the first hint', () => before.hints().length > 0);
    before.close();
    await deliver([eventOf([taskOf(kesha, 'missed')], missed)]);
    const again = await listen({ id: kesha }, { 'last-event-id': first });
    await eventually('the missed hint', () => again.hints().length > 0);
    expect(again.messages).toEqual([
      { id: missed, event: 'hint', data: '{"topic":"task","ids":["missed"]}' },
    ]);
  });

  it('resets a client whose last event it does not know', async () => {
    const client = await listen({ id: kesha }, { 'last-event-id': newId() });
    await eventually('a reset', () => client.messages.length > 0);
    expect(client.messages).toEqual([{ event: 'reset', data: '{}' }]);
  });

  it('resets everybody instead of telling what is late', async () => {
    const client = await listen({ id: kesha });
    const time = new Date(Date.now() - 120_000).toISOString();
    await deliver([{ ...eventOf([taskOf(kesha, 'late')]), time }]);
    await eventually('a reset', () => client.messages.length > 0);
    expect(client.messages).toEqual([{ event: 'reset', data: '{}' }]);
  });

  it('ends when the session changes: the next request decides', async () => {
    const [mine, others] = [await listen({ id: kesha }), await listen({})];
    const hint: Hint = { topic: 'session', people: [{ userId: kesha }], watchers: null };
    await deliver([eventOf([hint])]);
    await mine.ended();
    expect(mine.hints()).toEqual([{ topic: 'session' }]);
    gateway.sessionsAre({ active: false, userId: null, rights: null });
    await expect(listen({ id: kesha })).rejects.toThrow('401');
    await deliver([eventOf([{ ...hint, people: [], watchers: 'users.manage' }])]);
    expect(others.messages).toEqual([]);
  });

  it('ends with the access token', async () => {
    const token = tokenFor({ id: kesha }, { expiresIn: 3 });
    const client = await listenLive(gateway.url, { authorization: `Bearer ${token}` });
    open.push(client);
    await client.ended();
    expect(client.messages).toEqual([]);
  });

  it('needs somebody signed in', async () => {
    const answer = await gateway.client.get('/api/v1/live');
    expect(answer.status).toBe(401);
  });

  it('is open eight times at once for one person, and free again after', async () => {
    const caller = { id: newId() };
    const clients = await Promise.all(Array.from({ length: 8 }, () => listen(caller)));
    const refused = await gateway.client.get('/api/v1/live').set(bearer(caller));
    expect(refused.status).toBe(429);
    expect(refused.headers['retry-after']).toBe('10');
    expect(refused.body).toMatchObject({ type: 'too-many-streams' });
    clients[0]!.close();
    await eventually('a place is free', () => listen(caller));
  });
});

describe('events of the topic hints', () => {
  it('are acknowledged when they can’t be read: nothing is kept of them', async () => {
    const client = await listen({ id: kesha });
    const unreadable = [
      'no event',
      { ...eventOf([taskOf(kesha, 'x')]), type: 'Other.v1' },
      cloudEventOf(thingsChanged, { hints: [] }),
    ];
    const { body } = await deliver([...unreadable, eventOf([taskOf(kesha, 'good')])] as object[]);
    expect(body).toEqual({
      statuses: ['0', '1', '2', '3'].map((entryId) => ({ entryId, status: 'SUCCESS' })),
    });
    await eventually('the readable one', () => client.hints().length > 0);
    expect(client.hints()).toEqual([{ topic: 'task', ids: ['good'] }]);
  });

  it('are not taken from outside', async () => {
    for (const path of ['/events/hints', '/peer-hints', '/api/v1/peer-hints']) {
      const answer = await gateway.client.post(path).send({ entries: [] });
      expect(answer.status).toBe(404);
    }
  });

  it('are handed on to every replica, and told once', async () => {
    const client = await listen({ id: kesha });
    const peers = { PEERS: `127.0.0.1:${gateway.internalPort},127.0.0.1:1` };
    const replica = await gateway.replica(peers);
    try {
      const event = eventOf([taskOf(kesha, 'from there')]);
      await replica.internal.deliver('hints', [event]).expect(200);
      await deliver([event, eventOf([taskOf(kesha, 'after')])]);
      await eventually('both hints', () => client.hints().length > 1);
      expect(client.hints()).toEqual(
        ['from there', 'after'].map((id) => ({ topic: 'task', ids: [id] })),
      );
    } finally {
      await replica.stop();
    }
  });

  it('are taken from replicas only', async () => {
    const body = { id: newId(), at: new Date().toISOString(), hints: [taskOf(kesha, 'x')] };
    await gateway.internal.service('board').post('/peer-hints').send(body).expect(404);
    await gateway.internal.service('gateway').post('/peer-hints').send(body).expect(200);
    await gateway.internal.service('gateway').post('/peer-hints').send({}).expect(400);
  });
});

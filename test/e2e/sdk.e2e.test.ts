import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import type { ServiceName } from '../../services/catalogue';
import type { CallContract } from '../../services/shared/contracts/call';
import { call } from '../../services/shared/dapr/invoke';
import {
  PublishingUnclear,
  publishBulk,
  type OutgoingEvent,
} from '../../services/shared/dapr/publish';
import { Sidecar, SidecarUnreachable } from '../../services/shared/dapr/sidecar';
import { StateStore } from '../../services/shared/dapr/state';
import { eventually } from '../../services/shared/testing/eventually';
import { findPortOffset } from '../../tools/stack/ports';
import { withRedis } from '../../tools/stack/redis';
import type { Stack } from '../../tools/stack/stack';
import { startStack } from '../../tools/stack/start-stack';

/**
 * What we need of Dapr's SDK and what we repair about it (ADR 0033), case by case, against daprd,
 * Redis and PostgreSQL. The SDK has no public entry for its building blocks: after an update
 * these are the first tests to look at.
 */

const STUB = join(__dirname, 'support', 'stub-app.cjs');
const TOPIC = 'tasks';
const LARGEST_VALUE = 1_048_576;
const TTL_SECONDS = 60;

let stack: Stack;
let dataDirectory: string;
/** Board's sidecar may publish, the gateway's may keep state; both may call. */
let board: Sidecar;
let gateway: Sidecar;
let store: StateStore;

function connect(service: ServiceName, token?: string): Sidecar {
  const { ports, daprApiToken } = stack.service(service);
  return new Sidecar({ port: ports.daprHttp, token: token ?? daprApiToken });
}

beforeAll(async () => {
  dataDirectory = await mkdtemp(join(tmpdir(), 'popug-e2e-'));
  stack = await startStack({
    dataDirectory,
    databasePrefix: `e2e_${randomBytes(3).toString('hex')}_`,
    portOffset: await findPortOffset(),
    redis: 'own',
    services: ['gateway', 'board'],
    entries: { gateway: STUB, board: STUB },
  });
  board = connect('board');
  gateway = connect('gateway');
  store = new StateStore(gateway);
}, 120_000);
afterAll(async () => {
  await Promise.all([board?.close(), gateway?.close()]);
  await stack?.stop();
  await stack?.dropDatabases();
  await rm(dataDirectory, { recursive: true, force: true });
});

function newEvent(data: object = {}): OutgoingEvent {
  const id = randomUUID();
  const time = new Date().toISOString();
  return { id, type: 'TaskFinished.v1', source: 'board', subject: id, time, data };
}

/** Ids of the events in a stream of Redis. */
async function streamed(topic: string): Promise<string[]> {
  const entries = await withRedis(stack.redisUrl, (redis) => redis.xrange(topic, '-', '+'));
  return entries.map(([, fields]) => {
    const data = fields[fields.indexOf('data') + 1]!;
    return (JSON.parse(data) as { id: string }).id;
  });
}

const configureRedis = (name: string, value: number): Promise<unknown> =>
  withRedis(stack.redisUrl, (redis) => redis.config('SET', name, value));

function contract(app: string, path: string, timeoutMs = 5_000): CallContract<unknown, Echo> {
  return {
    app,
    method: 'POST',
    path,
    timeoutMs,
    request: z.unknown(),
    response: echo,
    example: { request: {}, response: { path, method: 'POST', body: '{}' } },
  } as CallContract<unknown, Echo>;
}
const echo = z.object({ path: z.string(), method: z.string(), body: z.string() });
type Echo = z.infer<typeof echo>;

/** The connection is handed to `run`, then closed. */
async function withSidecar(sidecar: Sidecar, run: (sidecar: Sidecar) => Promise<void>) {
  try {
    await run(sidecar);
  } finally {
    await sidecar.close();
  }
}

describe('publishing in bulk', () => {
  it('puts every event into the stream, under its own id', async () => {
    const events = [newEvent(), newEvent(), newEvent()];
    expect(await publishBulk(board, TOPIC, events)).toEqual(new Set());
    expect(await streamed(TOPIC)).toEqual(expect.arrayContaining(events.map(({ id }) => id)));
  });

  it('throws when the service may not publish to the topic', async () => {
    const refused = publishBulk(board, 'users', [newEvent()]);
    await expect(refused).rejects.toThrow(PublishingUnclear);
    await expect(refused).rejects.toThrow('ERR_PUBSUB_FORBIDDEN');
  });

  it.each(['tasks?x=1', 'tasks#x', 'tasks/../tasks', './tasks', 'tasks%3F', 'task ы'])(
    'asks for the topic %s and for no other',
    async (topic) => {
      const event = newEvent();
      const refused = publishBulk(board, topic, [event]);
      await expect(refused).rejects.toThrow(PublishingUnclear);
      await expect(refused).rejects.toThrow(`topic ${topic} is not allowed`);
      expect(await streamed(TOPIC)).not.toContain(event.id);
    },
  );

  it('names the events that the broker did not take, and only those', async () => {
    const large = newEvent({ text: 'x'.repeat(LARGEST_VALUE) });
    const [before, after] = [newEvent(), newEvent()];
    await configureRedis('proto-max-bulk-len', LARGEST_VALUE);
    expect(await publishBulk(board, TOPIC, [before, large, after])).toEqual(new Set([large.id]));
    await configureRedis('proto-max-bulk-len', 512 * LARGEST_VALUE);
    const ids = await streamed(TOPIC);
    expect(ids).toEqual(expect.arrayContaining([before.id, after.id]));
    expect(ids).not.toContain(large.id);
  });

  it('names all events while Redis is down, and none once it is back', async () => {
    const events = [newEvent(), newEvent()];
    await stack.kill('redis');
    expect(await publishBulk(board, TOPIC, events)).toEqual(new Set(events.map(({ id }) => id)));
    await stack.restart('redis');
    await eventually('Redis is back', async () => {
      return (await publishBulk(board, TOPIC, events)).size === 0;
    });
  });
});

describe('state', () => {
  it('comes with the etag of the version that was read', async () => {
    const key = randomUUID();
    await store.set(key, { crackers: 1 }, TTL_SECONDS);
    const first = await store.read(key);
    await store.set(key, { crackers: 2 }, TTL_SECONDS);
    const second = await store.read(key);
    expect([first?.value, second?.value]).toEqual([{ crackers: 1 }, { crackers: 2 }]);
    expect(first!.etag).toMatch(/^[\w-]+$/);
    expect(second!.etag).not.toBe(first!.etag);
    expect(await store.read(randomUUID())).toBeNull();
  });

  it('is replaced and deleted only in the version that was read', async () => {
    const key = randomUUID();
    await store.set(key, 'first', TTL_SECONDS);
    const { etag } = (await store.read(key))!;
    expect(await store.replace(key, 'second', etag, TTL_SECONDS)).toBe(true);
    expect(await store.replace(key, 'third', etag, TTL_SECONDS)).toBe(false);
    expect(await store.deleteVersion(key, etag)).toBe(false);
    expect(await store.get(key)).toBe('second');
    expect(await store.deleteVersion(key, (await store.read(key))!.etag)).toBe(true);
    expect(await store.get(key)).toBeNull();
  });

  it('is written by the first of many who find the key free', async () => {
    const key = randomUUID();
    const tries = ['Ara', 'Kea', 'Lori', 'Kakapo'];
    const won = await Promise.all(tries.map((name) => store.setIfAbsent(key, name, TTL_SECONDS)));
    expect(won.filter(Boolean)).toHaveLength(1);
    expect(await store.get(key)).toBe(tries[won.indexOf(true)]);
  });

  it.each(['a/b', 'a?b=c', 'a#b', '100%', 'a%2Fb', 'a b', '../a', 'попуг 🦜'])(
    'is kept, found and deleted under the key %s',
    async (oddity) => {
      const key = `${randomUUID()}${oddity}`;
      await store.set(key, oddity, TTL_SECONDS);
      expect(await store.get(key)).toBe(oddity);
      await store.delete(key);
      expect(await store.get(key)).toBeNull();
    },
  );
});

describe('a call', () => {
  it.each(['a b', 'попуг 🦜'])(
    'arrives with its body, and with the parameter %s in its path',
    async (name) => {
      const input = { params: { name }, body: { crackers: 1 } };
      const answer = await call(gateway, contract('board', '/birds/{name}'), input);
      expect(answer).toEqual({
        path: `/birds/${encodeURIComponent(name)}`,
        method: 'POST',
        body: '{"crackers":1}',
      });
    },
  );

  it.each(['a?b=c', 'a#b'])('with the parameter %s, which daprd refuses: 503', async (name) => {
    const refused = call(gateway, contract('board', '/birds/{name}'), {
      params: { name },
      body: {},
    });
    await expect(refused).rejects.toMatchObject({ status: 503 });
  });

  it.each(['account', 'board/method/birds?', 'bo ard'])(
    'of %s, which is away: 503',
    async (app) => {
      const away = call(gateway, contract(app, '/birds'), { body: {} });
      await expect(away).rejects.toMatchObject({ status: 503 });
    },
  );

  it.each([400, 403, 404, 409, 422, 429])('refused with %s keeps its problem', async (status) => {
    const refused = call(gateway, contract('board', `/refuse/${status}`), { body: {} });
    await expect(refused).rejects.toMatchObject({
      status,
      id: 'out-of-crackers',
      detail: 'Ask again tomorrow',
    });
  });

  it('that is not answered ends at its deadline: 503', async () => {
    const startedAt = Date.now();
    const hanging = call(gateway, contract('board', '/hang', 300), { body: {} });
    await expect(hanging).rejects.toMatchObject({ status: 503 });
    expect(Date.now() - startedAt).toBeLessThan(2_000);
  });
});

/** Publishing, state and a call must all throw: how many did. */
async function expectAllToThrow(publisher: Sidecar, keeper: Sidecar): Promise<void> {
  const state = new StateStore(keeper);
  const results = await Promise.allSettled([
    publishBulk(publisher, TOPIC, [newEvent()]),
    state.get('key'),
    state.set('key', 1, TTL_SECONDS),
    state.setIfAbsent(randomUUID(), 1, TTL_SECONDS),
    state.delete('key'),
    call(keeper, contract('board', '/birds', 2_000), { body: {} }),
  ]);
  const [published, ...others] = results.map((result) =>
    result.status === 'rejected' ? (result.reason as Error) : null,
  );
  expect(published).toBeInstanceOf(Error);
  for (const error of others) expect(error).toMatchObject({ status: 503 });
}

describe('a sidecar', () => {
  it('that is shown a wrong token does nothing for us, and we say so', async () => {
    await withSidecar(connect('board', 'wrong'), (publisher) =>
      withSidecar(connect('gateway', 'wrong'), (keeper) => expectAllToThrow(publisher, keeper)),
    );
  });

  it('that hangs holds nobody up for longer than the deadline', async () => {
    await Promise.all(['board', 'gateway'].map((name) => stack.kill(`${name}.sidecar`, 'SIGSTOP')));
    try {
      const startedAt = Date.now();
      await expectAllToThrow(board, gateway);
      expect(Date.now() - startedAt).toBeLessThan(10_000);
    } finally {
      await Promise.all(
        ['board', 'gateway'].map((name) => stack.kill(`${name}.sidecar`, 'SIGCONT')),
      );
    }
  });

  it('that is gone: nothing is taken for done', async () => {
    await Promise.all(['board', 'gateway'].map((name) => stack.kill(`${name}.sidecar`)));
    await expectAllToThrow(board, gateway);
    const gone = publishBulk(board, TOPIC, [newEvent()]);
    await expect(gone).rejects.toThrow(SidecarUnreachable);
  });
});

import { accountCreated } from '../contracts/events/accounts';
import { taskFinished } from '../contracts/events/tasks';
import { Sidecar } from '../dapr/sidecar';
import { query } from '../db/data-source';
import { newId } from '../kernel/ids';
import { createLogger } from '../observability/logger';
import { createMetrics } from '../observability/metrics';
import { eventually } from '../testing/eventually';
import { createMessagingDatabase } from '../../../test/support/messaging-database';
import { Neighbours } from '../testing/neighbours';
import { createTestDatabase, type TestDatabase } from '../testing/test-database';
import { event, publish } from './outbox';
import { OutboxRelay } from './relay';

let test: TestDatabase;
let neighbours: Neighbours;
let sidecar: Sidecar;
const relays: OutboxRelay[] = [];

beforeAll(async () => {
  test = await createTestDatabase(createMessagingDatabase);
});
afterAll(() => test.drop());
beforeEach(async () => {
  await query(test.database, 'DELETE FROM outbox');
  neighbours = new Neighbours();
  sidecar = new Sidecar({ port: await neighbours.start(), token: 'token' });
});
afterEach(async () => {
  await Promise.all(relays.splice(0).map((relay) => relay.stop()));
  await sidecar.close();
  await neighbours.stop();
});

function startRelay(): void {
  const relay = new OutboxRelay({
    source: 'tester',
    databaseUrl: test.url,
    sidecar,
    logger: createLogger('tester', 'silent'),
    metrics: createMetrics('tester'),
  });
  relays.push(relay);
  relay.start();
}

async function commitEvents(count: number): Promise<string[]> {
  const taskIds = Array.from({ length: count }, () => newId());
  const now = new Date();
  await test.database.transaction((tx) =>
    publish(
      tx,
      taskIds.map((taskId) =>
        event(taskFinished, taskId, { ...taskFinished.example, taskId }, now),
      ),
    ),
  );
  return taskIds;
}

const pending = async (): Promise<number> => {
  const [row] = await query<{ count: bigint }>(
    test.database,
    'SELECT count(*) FROM outbox WHERE published_at IS NULL',
  );
  return Number(row!.count);
};
const allPublished = async (): Promise<boolean> => (await pending()) === 0;
const publishedTaskIds = (): unknown[] => neighbours.published.map(({ data }) => data['taskId']);

describe('OutboxRelay', () => {
  it('publishes what is committed, under the id of its row', async () => {
    startRelay();
    const [taskId] = await commitEvents(1);
    await eventually('published', allPublished);
    const [row] = await query<{ id: string }>(test.database, 'SELECT id FROM outbox');
    expect(neighbours.published).toEqual([
      expect.objectContaining({
        id: row!.id,
        type: 'TaskFinished.v1',
        source: 'tester',
        subject: taskId,
      }),
    ]);
  });

  it('publishes nothing of a transaction that was rolled back', async () => {
    startRelay();
    const failed = test.database.transaction(async (tx) => {
      await publish(tx, [event(taskFinished, newId(), taskFinished.example, new Date())]);
      throw new Error('changed its mind');
    });
    await expect(failed).rejects.toThrow('changed its mind');
    const [later] = await commitEvents(1);
    await eventually('published', () => neighbours.published.length > 0);
    expect(publishedTaskIds()).toEqual([later]);
  });

  it('refuses an event that breaks its contract before anything is written', async () => {
    const broken = { ...taskFinished.example, taskId: 'no uuid' };
    const failed = test.database.transaction((tx) =>
      publish(tx, [event(taskFinished, 'x', broken, new Date())]),
    );
    await expect(failed).rejects.toThrow('breaks its contract');
    expect(await pending()).toBe(0);
  });

  it('publishes again only what the broker refused', async () => {
    const refusedOnce = new Set<string>();
    neighbours.takesEvent = ({ id, data }) => {
      const isOdd = Number.parseInt(String(data['taskId']).at(-1)!, 16) % 2 === 1;
      if (!isOdd || refusedOnce.has(id)) return true;
      refusedOnce.add(id);
      return false;
    };
    const taskIds = await commitEvents(40);
    startRelay();
    await eventually('published', allPublished);
    expect(publishedTaskIds().sort()).toEqual(taskIds.sort());
  });

  it('events that the broker always refuses hold no others up, however many they are', async () => {
    const poison = new Set(await commitEvents(510));
    neighbours.takesEvent = ({ data }) => !poison.has(String(data['taskId']));
    const taskIds = await commitEvents(20);
    startRelay();
    await eventually('published and marked', async () => (await pending()) === 510);
    expect(publishedTaskIds().sort()).toEqual(taskIds.sort());
    neighbours.takesEvent = () => true;
    await eventually('published at last', allPublished);
  });

  it.each([
    ['500 with an empty list', 500, '{"failedEntries":[]}'],
    ['500 with entries without ids', 500, '{"failedEntries":[{"error":"redis is away"}]}'],
    ['200 with a page', 200, '<html>Welcome</html>'],
    ['403', 403, '{"errorCode":"ERR_PUBSUB_FORBIDDEN"}'],
  ])('marks nothing after %s, and publishes it all later', async (_, status, body) => {
    let answers = 0;
    neighbours.takeOver(/publish/, (request, response) => {
      answers += 1;
      request.resume().on('end', () => response.writeHead(status).end(body));
    });
    const taskIds = await commitEvents(3);
    startRelay();
    await eventually('answered twice', () => answers >= 2);
    expect(await pending()).toBe(3);
    neighbours.goBack();
    await eventually('published', allPublished);
    expect(publishedTaskIds().sort()).toEqual(taskIds.sort());
  });

  it('publishes the other topics, once, while the sidecar forbids one', async () => {
    neighbours.takeOver(/publish\/bulk\/pubsub\/accounts/, (request, response) => {
      request.resume().on('end', () => response.writeHead(403).end('{}'));
    });
    const { example } = accountCreated;
    await test.database.transaction((tx) =>
      publish(tx, [event(accountCreated, example.userId, example, new Date())]),
    );
    const taskIds = await commitEvents(2);
    startRelay();
    await eventually('published', async () => (await pending()) === 1);
    expect(publishedTaskIds().sort()).toEqual(taskIds.sort());
    neighbours.goBack();
    await eventually('published at last', allPublished);
    expect(neighbours.published).toHaveLength(3);
  });

  it('shares a backlog with other relays, each event published once', async () => {
    const taskIds = await commitEvents(2_000);
    for (let index = 0; index < 3; index += 1) startRelay();
    await eventually('published', allPublished);
    expect(publishedTaskIds().sort()).toEqual(taskIds.sort());
  });

  it('goes on by itself after its connection was cut', async () => {
    startRelay();
    await commitEvents(1);
    await eventually('published', allPublished);
    await query(
      test.database,
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE application_name = 'tester-relay' AND datname = current_database()`,
    );
    await commitEvents(1);
    await eventually('published', allPublished);
    expect(neighbours.published).toHaveLength(2);
  });
});

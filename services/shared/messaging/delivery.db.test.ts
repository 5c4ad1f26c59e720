import { taskAssigned, type TaskAssigned } from '../contracts/events/tasks';
import { query } from '../db/data-source';
import { newId } from '../kernel/ids';
import { createLogger } from '../observability/logger';
import { createMetrics } from '../observability/metrics';
import { cloudEventOf } from '../testing/cloud-events';
import { createMessagingDatabase } from '../testing/messaging-database';
import { createTestDatabase, type TestDatabase } from '../testing/test-database';
import { Delivery, type BulkEntry } from './delivery';
import { onEvent, onPreparedEvent, type Refusal, type Subscription } from './subscription';

let test: TestDatabase;
let delivery: Delivery;
let refusals: (data: TaskAssigned, eventId: string) => Refusal[];

/** Notes each event with its assignment number; the table refuses 13. */
const tasks: Subscription = {
  topic: 'tasks',
  handlers: [
    onEvent(taskAssigned, async (tx, events) => {
      const refused = events.flatMap(({ id, data }) => refusals(data, id));
      const applied = events.filter(({ id }) => !refused.some(({ eventId }) => eventId === id));
      await query(tx, 'INSERT INTO effects SELECT * FROM unnest($1::uuid[], $2::integer[])', [
        applied.map(({ id }) => id),
        applied.map(({ data }) => data.assignmentNumber),
      ]);
      return refused;
    }),
  ],
};

beforeAll(async () => {
  test = await createTestDatabase(createMessagingDatabase);
  delivery = new Delivery({
    consumer: 'tester',
    database: test.database,
    logger: createLogger('tester', 'silent'),
    metrics: createMetrics('tester'),
  });
});
afterAll(() => test.drop());
beforeEach(async () => {
  refusals = () => [];
  await query(test.database, 'DELETE FROM effects');
  await query(test.database, 'DELETE FROM dead_letters');
});

function assigned(assignmentNumber: number, id = newId()): BulkEntry {
  const data = { ...taskAssigned.example, assignmentNumber };
  return { entryId: newId(), event: cloudEventOf(taskAssigned, data, id) };
}

const effects = (): Promise<{ number: number }[]> =>
  query(test.database, 'SELECT number FROM effects ORDER BY number');
const deadLetters = (): Promise<{ event_id: string; error: string; times_seen: number }[]> =>
  query(test.database, 'SELECT event_id, error, times_seen FROM dead_letters');

describe('Delivery', () => {
  it('has one effect for an event that comes five times at once', async () => {
    const entry = assigned(1);
    const answers = await Promise.all([1, 2, 3, 4, 5].map(() => delivery.deliver(tasks, [entry])));
    expect(answers.map((answer) => answer.get(entry.entryId))).toEqual(Array(5).fill('SUCCESS'));
    expect(await effects()).toEqual([{ number: 1 }]);
  });

  it('has one effect for an event that stands twice in one batch', async () => {
    const id = newId();
    const answer = await delivery.deliver(tasks, [assigned(1, id), assigned(1, id)]);
    expect([...answer.values()]).toEqual(['SUCCESS', 'SUCCESS']);
    expect(await effects()).toEqual([{ number: 1 }]);
  });

  it('puts an unreadable event aside and applies its neighbours', async () => {
    const bad = assigned(2);
    (bad.event as { data: object }).data = { taskId: 'nobody knows' };
    const answer = await delivery.deliver(tasks, [assigned(1), bad, assigned(3)]);
    expect([...answer.values()]).toEqual(['SUCCESS', 'SUCCESS', 'SUCCESS']);
    expect(await effects()).toEqual([{ number: 1 }, { number: 3 }]);
    const [letter] = await deadLetters();
    expect(letter!.error).toContain('not a TaskAssigned.v1');
  });

  it('keeps what is no CloudEvent at all, NUL included', async () => {
    const entries = ['nonsense\0', null, { id: 'x' }].map((event, index) => ({
      entryId: String(index),
      event,
    }));
    const answer = await delivery.deliver(tasks, entries);
    expect([...answer.values()]).toEqual(['SUCCESS', 'SUCCESS', 'SUCCESS']);
    expect(await deadLetters()).toHaveLength(3);
  });

  it('halves a batch down to the event whose data the database refuses', async () => {
    const culprit = assigned(13);
    const batch = [assigned(1), assigned(2), culprit, assigned(3), assigned(4)];
    const answer = await delivery.deliver(tasks, batch);
    expect([...answer.values()]).toEqual(Array(5).fill('SUCCESS'));
    expect(await effects()).toHaveLength(4);
    const letters = await deadLetters();
    expect(letters.map((letter) => letter.event_id)).toEqual([
      (culprit.event as { id: string }).id,
    ]);
  });

  it('asks for an event again whose time may come, and applies it then', async () => {
    const early = assigned(7);
    refusals = (_, eventId) => [{ eventId, verdict: 'retry', reason: 'too early' }];
    expect((await delivery.deliver(tasks, [early])).get(early.entryId)).toBe('RETRY');
    expect(await effects()).toEqual([]);
    refusals = () => [];
    expect((await delivery.deliver(tasks, [early])).get(early.entryId)).toBe('SUCCESS');
    expect(await effects()).toEqual([{ number: 7 }]);
  });

  it('puts a rejected event aside so that a replay can still apply it', async () => {
    const wrong = assigned(8);
    refusals = (_, eventId) => [{ eventId, verdict: 'reject', reason: 'says otherwise' }];
    expect((await delivery.deliver(tasks, [wrong])).get(wrong.entryId)).toBe('SUCCESS');
    expect((await deadLetters())[0]!.error).toBe('says otherwise');
    refusals = () => [];
    await delivery.deliver(tasks, [wrong]);
    expect(await effects()).toEqual([{ number: 8 }]);
  });

  it('prepares events before the transaction, and asks again for those it could not', async () => {
    const topic = 'tasks' as const;
    const prepare = jest.fn(({ data }: { data: TaskAssigned }) =>
      data.assignmentNumber === 2
        ? Promise.reject(new Error('the neighbour is away'))
        : Promise.resolve(data.assignmentNumber * 100),
    );
    const handler = onPreparedEvent(taskAssigned, prepare, async (tx, events) => {
      await query(tx, 'INSERT INTO effects SELECT * FROM unnest($1::uuid[], $2::integer[])', [
        events.map(({ id }) => id),
        events.map(({ data }) => data),
      ]);
      return [];
    });
    const entries = [assigned(1), assigned(2), assigned(3)];
    const answer = await delivery.deliver({ topic, handlers: [handler] }, entries);
    expect([...answer.entries()].sort()).toEqual(
      entries.map(({ entryId }, index) => [entryId, index === 1 ? 'RETRY' : 'SUCCESS']).sort(),
    );
    expect(await effects()).toEqual([{ number: 100 }, { number: 300 }]);
  });

  it('asks for everything again when the database is away', async () => {
    const elsewhere = createMessagingDatabase('postgres://nobody@127.0.0.1:1/none');
    const cutOff = new Delivery({
      consumer: 'tester',
      database: elsewhere,
      logger: createLogger('tester', 'silent'),
      metrics: createMetrics('tester'),
    });
    const unreadable = { entryId: 'unreadable', event: 'nonsense' };
    const answer = await cutOff.deliver(tasks, [assigned(1), assigned(2), unreadable]);
    expect([...answer.values()]).toEqual(['RETRY', 'RETRY', 'RETRY']);
  });

  it('acknowledges types it does not use', async () => {
    const event = cloudEventOf({ ...taskAssigned, type: 'TaskPainted.v1' }, taskAssigned.example);
    const answer = await delivery.deliver(tasks, [{ entryId: '1', event }]);
    expect(answer.get('1')).toBe('SUCCESS');
    expect(await deadLetters()).toEqual([]);
  });

  it('counts a dead letter that comes again and keeps its first reason', async () => {
    const entry = assigned(9);
    refusals = (_, eventId) => [{ eventId, verdict: 'reject', reason: 'says otherwise' }];
    await delivery.deliver(tasks, [entry]);
    await delivery.keepDeadLetters([entry]);
    const [letter] = await deadLetters();
    expect(letter).toMatchObject({ error: 'says otherwise', times_seen: 2 });
  });
});

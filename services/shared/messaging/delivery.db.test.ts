import { taskAssigned, type TaskAssigned } from '../contracts/events/tasks';
import { query } from '../db/data-source';
import { newId } from '../kernel/ids';
import { createLogger } from '../observability/logger';
import { createMetrics } from '../observability/metrics';
import { cloudEventOf } from '../testing/cloud-events';
import { createMessagingDatabase } from '../../../test/support/messaging-database';
import { createTestDatabase, type TestDatabase } from '../testing/test-database';
import type { BulkEntry, EntryAnswer } from './bulk-delivery';
import { Delivery } from './delivery';
import { onEvent, onPreparedEvent, type Refusal, type Subscription } from './subscription';

let test: TestDatabase;
let delivery: Delivery;
let refusals: (data: TaskAssigned, eventId: string) => Refusal[];

/** Handler that records each event's assignment number; a constraint of the table refuses 13. */
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

/**
 * Subscription that records a hundred times the number, after calling `ask`; `asked` lists the
 * numbers.
 */
function prepared(ask: (number: number) => Promise<void>): {
  subscription: Subscription;
  asked: number[];
} {
  const asked: number[] = [];
  const prepare = async ({ data }: { data: TaskAssigned }): Promise<number> => {
    asked.push(data.assignmentNumber);
    await ask(data.assignmentNumber);
    return data.assignmentNumber * 100;
  };
  const handler = onPreparedEvent(taskAssigned, prepare, async (tx, events) => {
    await query(tx, 'INSERT INTO effects SELECT * FROM unnest($1::uuid[], $2::integer[])', [
      events.map(({ id }) => id),
      events.map(({ data }) => data),
    ]);
    return [];
  });
  return { subscription: { topic: 'tasks', handlers: [handler] }, asked };
}

/** Creates a delivery whose database does not answer. */
const cutOff = (): Delivery =>
  new Delivery({
    consumer: 'tester',
    database: createMessagingDatabase('postgres://nobody@127.0.0.1:1/none'),
    logger: createLogger('tester', 'silent'),
    metrics: createMetrics('tester'),
  });

const effects = (): Promise<{ number: number }[]> =>
  query(test.database, 'SELECT number FROM effects ORDER BY number');
const deadLetters = (): Promise<{ event_id: string; error: string; times_seen: number }[]> =>
  query(test.database, 'SELECT event_id, error, times_seen FROM dead_letters');

const statusesOf = (answers: readonly EntryAnswer[]): string[] =>
  answers.map(({ status }) => status);

describe('Delivery', () => {
  it('has one effect for an event that comes five times at once', async () => {
    const entry = assigned(1);
    const answers = await Promise.all([1, 2, 3, 4, 5].map(() => delivery.deliver(tasks, [entry])));
    expect(answers.map(statusesOf)).toEqual(Array(5).fill(['SUCCESS']));
    expect(await effects()).toEqual([{ number: 1 }]);
  });

  it('has one effect for an event that stands twice in one batch', async () => {
    const id = newId();
    const answer = await delivery.deliver(tasks, [assigned(1, id), assigned(1, id)]);
    expect(statusesOf(answer)).toEqual(['SUCCESS', 'SUCCESS']);
    expect(await effects()).toEqual([{ number: 1 }]);
  });

  it('puts an unreadable event aside and applies its neighbours', async () => {
    const bad = assigned(2);
    (bad.event as { data: object }).data = { taskId: 'nobody knows' };
    const answer = await delivery.deliver(tasks, [assigned(1), bad, assigned(3)]);
    expect(statusesOf(answer)).toEqual(['SUCCESS', 'SUCCESS', 'SUCCESS']);
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
    expect(statusesOf(answer)).toEqual(['SUCCESS', 'SUCCESS', 'SUCCESS']);
    expect(await deadLetters()).toHaveLength(3);
  });

  describe('what it puts aside', () => {
    /** Returns the stored payloads, parsed as for a replay. */
    const replayed = async (): Promise<unknown[]> => {
      const rows = await query<{ payload: string }>(
        test.database,
        'SELECT payload FROM dead_letters ORDER BY id',
      );
      for (const { payload } of rows) expect(() => JSON.parse(payload) as unknown).not.toThrow();
      return rows.map(({ payload }) => JSON.parse(payload) as unknown);
    };
    const odd = 'NUL \0, lone \ud800 and \udc00, "\\u0000", \u2028 and ёж 🦜';
    const long = `${odd}${'щ'.repeat(1_500_000)}${odd}`;
    const oddEvent = (data: object): unknown => ({
      ...(assigned(1).event as object),
      specversion: '1.0',
      extension: odd,
      data,
    });
    const whole = (): unknown => oddEvent({ ...taskAssigned.example, note: long });

    it.each([
      ['unreadable', () => oddEvent({ note: long })],
      ['without an envelope', () => ({ note: long, [odd]: odd })],
      ['of no form at all', () => long],
    ])('can be replayed, byte for byte: an event that is %s', async (_, make) => {
      const event = make();
      const answer = await delivery.deliver(tasks, [{ entryId: '1', event }]);
      expect(statusesOf(answer)).toEqual(['SUCCESS']);
      expect((await replayed())[0]).toEqual(event);
    });

    it('can be replayed, byte for byte: an event that is rejected', async () => {
      const event = whole();
      refusals = (__, eventId) => [{ eventId, verdict: 'reject', reason: odd }];
      await delivery.deliver(tasks, [{ entryId: '1', event }]);
      const [payload] = await replayed();
      expect(payload).toEqual(event);
      refusals = () => [];
      await delivery.deliver(tasks, [{ entryId: '2', event: payload }]);
      expect(await effects()).toEqual([{ number: taskAssigned.example.assignmentNumber }]);
    });

    it('can be replayed, byte for byte: an event that the database refuses', async () => {
      const event = oddEvent({ ...taskAssigned.example, assignmentNumber: 13, note: long });
      await delivery.deliver(tasks, [{ entryId: '1', event }]);
      expect((await replayed())[0]).toEqual(event);
    });

    it('can be replayed, byte for byte: an event whose retries are used up', async () => {
      const event = whole();
      const answer = await delivery.keepDeadLetters([{ entryId: '1', event }]);
      expect(statusesOf(answer)).toEqual(['SUCCESS']);
      expect((await replayed())[0]).toEqual(event);
    });

    it('is kept under whatever names it gives itself', async () => {
      const event = {
        ...(assigned(1).event as object),
        type: 'a\0b',
        topic: `t\0${odd.repeat(9)}`,
      };
      const answer = await delivery.keepDeadLetters([{ entryId: '1', event }]);
      expect(statusesOf(answer)).toEqual(['SUCCESS']);
      expect((await replayed())[0]).toEqual(event);
    });

    it('gets whole again when it was cut by an earlier version', async () => {
      const entry = { entryId: '1', event: whole() };
      await delivery.keepDeadLetters([entry]);
      await query(test.database, 'UPDATE dead_letters SET payload = left(payload, 100)');
      await delivery.keepDeadLetters([entry]);
      expect((await replayed())[0]).toEqual(entry.event);
    });
  });

  it('halves a batch down to the event whose data the database refuses', async () => {
    const culprit = assigned(13);
    const batch = [assigned(1), assigned(2), culprit, assigned(3), assigned(4)];
    const answer = await delivery.deliver(tasks, batch);
    expect(statusesOf(answer)).toEqual(Array(5).fill('SUCCESS'));
    expect(await effects()).toHaveLength(4);
    const letters = await deadLetters();
    expect(letters.map((letter) => letter.event_id)).toEqual([
      (culprit.event as { id: string }).id,
    ]);
  });

  it('asks for an event again whose time may come, and applies it then', async () => {
    const early = assigned(7);
    refusals = (_, eventId) => [{ eventId, verdict: 'retry', reason: 'too early' }];
    expect(statusesOf(await delivery.deliver(tasks, [early]))).toEqual(['RETRY']);
    expect(await effects()).toEqual([]);
    refusals = () => [];
    expect(statusesOf(await delivery.deliver(tasks, [early]))).toEqual(['SUCCESS']);
    expect(await effects()).toEqual([{ number: 7 }]);
  });

  it('puts a rejected event aside so that a replay can still apply it', async () => {
    const wrong = assigned(8);
    refusals = (_, eventId) => [{ eventId, verdict: 'reject', reason: 'says otherwise' }];
    expect(statusesOf(await delivery.deliver(tasks, [wrong]))).toEqual(['SUCCESS']);
    expect((await deadLetters())[0]!.error).toBe('says otherwise');
    refusals = () => [];
    await delivery.deliver(tasks, [wrong]);
    expect(await effects()).toEqual([{ number: 8 }]);
  });

  it('prepares events before the transaction, and asks again for those it could not', async () => {
    const { subscription } = prepared((number) =>
      number === 2 ? Promise.reject(new Error('the neighbour is away')) : Promise.resolve(),
    );
    const entries = [assigned(1), assigned(2), assigned(3)];
    const answer = await delivery.deliver(subscription, entries);
    expect(answer.map(({ entryId, status }) => [entryId, status]).sort()).toEqual(
      entries.map(({ entryId }, index) => [entryId, index === 1 ? 'RETRY' : 'SUCCESS']).sort(),
    );
    expect(await effects()).toEqual([{ number: 100 }, { number: 300 }]);
  });

  it('asks no neighbour again about events it has had, and once about one that is twice in a batch', async () => {
    const { subscription, asked } = prepared(() => Promise.resolve());
    const [twice, id] = [assigned(1), newId()];
    await delivery.deliver(subscription, [twice, assigned(2, id), assigned(2, id)]);
    expect(asked.sort()).toEqual([1, 2]);
    const repeated = [twice, assigned(2, id), assigned(3), twice];
    const answers = await Promise.all(
      [1, 2, 3].map(() => delivery.deliver(subscription, repeated)),
    );
    for (const answer of answers) expect(statusesOf(answer)).toEqual(Array(4).fill('SUCCESS'));
    expect(asked.filter((number) => number !== 3).sort()).toEqual([1, 2]);
    expect(await effects()).toEqual([{ number: 100 }, { number: 200 }, { number: 300 }]);
  });

  it('asks no neighbour while its own database is away', async () => {
    const { subscription, asked } = prepared(() => Promise.resolve());
    const answer = await cutOff().deliver(subscription, [assigned(1), assigned(2)]);
    expect(statusesOf(answer)).toEqual(['RETRY', 'RETRY']);
    expect(asked).toEqual([]);
  });

  it('asks for everything again when the database is away', async () => {
    const unreadable = { entryId: 'unreadable', event: 'nonsense' };
    const answer = await cutOff().deliver(tasks, [assigned(1), assigned(2), unreadable]);
    expect(statusesOf(answer)).toEqual(['RETRY', 'RETRY', 'RETRY']);
  });

  it('acknowledges types it does not use', async () => {
    const event = cloudEventOf({ ...taskAssigned, type: 'TaskPainted.v1' }, taskAssigned.example);
    const answer = await delivery.deliver(tasks, [{ entryId: '1', event }]);
    expect(statusesOf(answer)).toEqual(['SUCCESS']);
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

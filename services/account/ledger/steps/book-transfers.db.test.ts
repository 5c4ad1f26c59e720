import fc from 'fast-check';
import { taskAssigned, taskFinished } from '../../../shared/contracts/events/tasks';
import { query } from '../../../shared/db/data-source';
import { newId } from '../../../shared/kernel/ids';
import type { Delivery } from '../../../shared/messaging/delivery';
import type { Subscription } from '../../../shared/messaging/subscription';
import { cloudEventOf } from '../../../shared/testing/cloud-events';
import { ledgerInvariants } from '../../proof/queries/ledger-invariants';
import {
  MONDAY_NOON,
  createTestBooks,
  deliverUntilDone,
  faultsOfAllTime,
  openTestAccount,
  priceTestTask,
  testDelivery,
  type TestBooks,
} from '../../testing/test-books';
import { onTaskAssigned } from '../subscriptions/task-assigned.subscription';
import { onTaskFinished } from '../subscriptions/task-finished.subscription';

let fixture: TestBooks;
let delivery: Delivery;
let tasks: Subscription;

beforeAll(async () => {
  fixture = await createTestBooks();
  delivery = testDelivery(fixture.books);
  const { books } = fixture;
  tasks = { topic: 'tasks', handlers: [onTaskAssigned(books), onTaskFinished(books)] };
});
afterAll(() => fixture.test.drop());
beforeEach(() => fixture.setNow(MONDAY_NOON));

interface Row {
  kind: string;
  amount_cents: bigint;
  business_day: string;
  task_id: string;
  assignment_number: number | null;
  user_id: string;
  occurred_at: Date;
}

/** Returns the transfers of these tasks, sorted. */
function ledgerOf(taskIds: readonly string[]): Promise<Row[]> {
  return query(
    fixture.books.database,
    `SELECT transfers.kind, amount_cents, business_day, task_id, assignment_number, user_id,
       occurred_at
     FROM transfers JOIN accounts
       ON accounts.id = CASE transfers.kind WHEN 'fee' THEN debit_account_id
         ELSE credit_account_id END
     WHERE task_id = ANY ($1) ORDER BY task_id, transfers.kind, assignment_number`,
    [taskIds],
  );
}

const deadLetters = (eventId: string): Promise<{ error: string }[]> =>
  query(fixture.books.database, 'SELECT error FROM dead_letters WHERE event_id = $1', [eventId]);

function assigned(taskId: string, userId: string, number = 1, at = MONDAY_NOON): object {
  return cloudEventOf(taskAssigned, {
    taskId,
    userId,
    assignmentNumber: number,
    assignedAt: at.toISOString(),
    distributionId: null,
  });
}
function finished(taskId: string, userId: string, at = MONDAY_NOON): object {
  return cloudEventOf(taskFinished, { taskId, userId, finishedAt: at.toISOString() });
}
const idOf = (event: object): string => (event as { id: string }).id;
const deliver = async (...events: object[]): Promise<string[]> => {
  const entries = events.map((event, index) => ({ entryId: String(index), event }));
  return (await delivery.deliver(tasks, entries)).map(({ status }) => status);
};

interface Fact {
  task: number;
  number: number;
  isFinish: boolean;
  minute: number;
}
/**
 * Divides events: those delivered before the tasks have prices, and those delivered afterwards,
 * before all events are delivered again.
 */
type Plan = (events: object[]) => { beforePrices: object[]; afterwards: object[] };

describe('bookTransfers', () => {
  it('charges the fee and pays the reward of the price, once each', async () => {
    const userId = await openTestAccount(fixture.books);
    const taskId = await priceTestTask(fixture.books, { fee: 1375n, reward: 2750n });
    const events = [finished(taskId, userId), assigned(taskId, userId)];
    await deliver(...events, ...events);
    await deliver(...events);
    expect(await ledgerOf([taskId])).toEqual([
      expect.objectContaining({ kind: 'fee', amount_cents: 1375n, user_id: userId }),
      expect.objectContaining({ kind: 'reward', amount_cents: 2750n, user_id: userId }),
    ]);
  });

  it('does nothing for the same fact under another event id', async () => {
    const userId = await openTestAccount(fixture.books);
    const taskId = await priceTestTask(fixture.books);
    const again = assigned(taskId, userId);
    expect(await deliver(assigned(taskId, userId), assigned(taskId, userId))).toEqual([
      'SUCCESS',
      'SUCCESS',
    ]);
    expect(await deliver(again)).toEqual(['SUCCESS']);
    expect(await ledgerOf([taskId])).toHaveLength(1);
    expect(await deadLetters(idOf(again))).toEqual([]);
  });

  it('charges again each time a task is dealt', async () => {
    const userId = await openTestAccount(fixture.books);
    const taskId = await priceTestTask(fixture.books);
    await deliver(assigned(taskId, userId, 2), assigned(taskId, userId, 1));
    expect((await ledgerOf([taskId])).map((row) => row.assignment_number)).toEqual([1, 2]);
  });

  it.each([
    ['another assignee', { sameUser: false, sameTime: true }],
    ['another time', { sameUser: true, sameTime: false }],
  ])('rejects a booked assignment that comes with %s', async (_, { sameUser, sameTime }) => {
    const userId = await openTestAccount(fixture.books);
    const other = await openTestAccount(fixture.books);
    const taskId = await priceTestTask(fixture.books);
    const later = new Date(MONDAY_NOON.getTime() + 1);
    const wrong = assigned(taskId, sameUser ? userId : other, 1, sameTime ? MONDAY_NOON : later);
    const wrongReward = finished(taskId, sameUser ? userId : other, sameTime ? MONDAY_NOON : later);
    await deliver(assigned(taskId, userId), finished(taskId, userId));
    expect(await deliver(wrong, wrongReward)).toEqual(['SUCCESS', 'SUCCESS']);
    expect(await deadLetters(idOf(wrong))).toEqual([
      { error: 'the fee is booked with other content' },
    ]);
    expect(await deadLetters(idOf(wrongReward))).toEqual([
      { error: 'the reward is booked with other content' },
    ]);
    expect(await ledgerOf([taskId])).toHaveLength(2);
  });

  it('asks for an event again until account and price are there, neighbours unharmed', async () => {
    const userId = newId();
    const taskId = newId();
    const neighbour = await openTestAccount(fixture.books);
    const neighbourTask = await priceTestTask(fixture.books);
    const early = assigned(taskId, userId);
    expect(await deliver(early, assigned(neighbourTask, neighbour))).toEqual(['RETRY', 'SUCCESS']);
    await openTestAccount(fixture.books, userId);
    expect(await deliver(early)).toEqual(['RETRY']);
    await priceTestTask(fixture.books, { taskId });
    expect(await deliver(early)).toEqual(['SUCCESS']);
    expect(await ledgerOf([taskId, neighbourTask])).toHaveLength(2);
  });

  it('moves nothing for a fee of zero', async () => {
    const userId = await openTestAccount(fixture.books);
    const taskId = await priceTestTask(fixture.books, { fee: 0n });
    expect(await deliver(assigned(taskId, userId))).toEqual(['SUCCESS']);
    expect(await ledgerOf([taskId])).toEqual([]);
  });

  it('has one effect for a fact delivered by twenty consumers at once', async () => {
    const userId = await openTestAccount(fixture.books);
    const taskIds = await Promise.all([1, 2, 3].map(() => priceTestTask(fixture.books)));
    await Promise.all(
      Array.from({ length: 20 }, (_, index) => {
        const events = taskIds.flatMap((id) => [assigned(id, userId), finished(id, userId)]);
        return deliver(...(index % 2 === 0 ? events : events.reverse()));
      }),
    );
    expect(await ledgerOf(taskIds)).toHaveLength(6);
  });

  it('gives the same ledger for any order and any multiplicity of events', async () => {
    const people = await Promise.all([1, 2, 3].map(() => openTestAccount(fixture.books)));
    const fact = fc.record({
      task: fc.nat(4),
      number: fc.integer({ min: 1, max: 3 }),
      isFinish: fc.boolean(),
      minute: fc.integer({ min: -3000, max: 3000 }),
    });
    const day = fc.uniqueArray(fact, {
      minLength: 1,
      maxLength: 12,
      selector: ({ task, number, isFinish }) => `${task}/${isFinish || number}`,
    });
    const play = async (facts: Fact[], plan: Plan): Promise<Row[]> => {
      const taskIds = [0, 1, 2, 3, 4].map(() => newId());
      const events = facts.map(({ task, number, isFinish, minute }) => {
        const at = new Date(MONDAY_NOON.getTime() + minute * 60_000);
        const userId = people[(task + number) % people.length]!;
        const taskId = taskIds[task]!;
        return isFinish ? finished(taskId, userId, at) : assigned(taskId, userId, number, at);
      });
      const { beforePrices, afterwards } = plan(events);
      await deliver(...beforePrices);
      for (const [n, taskId] of taskIds.entries()) {
        await priceTestTask(fixture.books, { fee: 1000n + BigInt(n), taskId });
      }
      await deliverUntilDone(delivery, tasks, [...afterwards, ...events]);
      const rows = await ledgerOf(taskIds);
      const byTask = taskIds.map((id) => rows.filter(({ task_id }) => task_id === id));
      return byTask.flatMap((ofTask, n) => ofTask.map((row) => ({ ...row, task_id: `${n}` })));
    };
    await fc.assert(
      fc.asyncProperty(day, fc.gen(), async (facts, gen) => {
        const expected = await play(facts, () => ({ beforePrices: [], afterwards: [] }));
        const chaos: Plan = (events) => {
          const resent = events.map((event) => ({ ...event, id: newId() }));
          const all = [...events, ...resent, ...events];
          const some = (): object[] => gen(fc.shuffledSubarray, all);
          return { beforePrices: some(), afterwards: some() };
        };
        expect(await play(facts, chaos)).toEqual(expected);
        expect(expected).toHaveLength(facts.length);
      }),
      { numRuns: 40 },
    );
    expect(await faultsOfAllTime(fixture.books, ledgerInvariants)).toEqual([]);
  });
});

describe('the business day of a transfer', () => {
  const dayOf = async (at: Date): Promise<string> => {
    const userId = await openTestAccount(fixture.books);
    const taskId = await priceTestTask(fixture.books);
    await deliver(assigned(taskId, userId, 1, at));
    return (await ledgerOf([taskId]))[0]!.business_day;
  };
  const moscow = (time: string): Date => new Date(`2026-03-0${time}+03:00`);
  const close = (day: string): Promise<unknown> =>
    query(fixture.books.database, `UPDATE business_days SET state = 'closed' WHERE day = $1`, [
      day,
    ]);

  it('is the day it happened on, until that is closed; then the open day', async () => {
    fixture.setNow(moscow('2T17:59:00'));
    expect(await dayOf(moscow('2T17:00:00'))).toBe('2026-03-02');
    fixture.setNow(moscow('2T18:00:30'));
    expect(await dayOf(moscow('2T17:59:59.999'))).toBe('2026-03-02');
    expect(await dayOf(moscow('2T18:00:00'))).toBe('2026-03-03');
    await close('2026-03-02');
    expect(await dayOf(moscow('2T17:59:59.999'))).toBe('2026-03-03');
    expect(await dayOf(moscow('2T03:00:00'))).toBe('2026-03-03');
  });

  it('is that of now for something from the future', async () => {
    fixture.setNow(moscow('3T12:00:00'));
    expect(await dayOf(moscow('9T12:00:00'))).toBe('2026-03-03');
  });

  it('is there even when nothing was booked for days', async () => {
    fixture.setNow(moscow('6T12:00:00'));
    expect(await dayOf(moscow('5T12:00:00'))).toBe('2026-03-05');
    expect(await dayOf(moscow('6T12:00:00'))).toBe('2026-03-06');
  });
});

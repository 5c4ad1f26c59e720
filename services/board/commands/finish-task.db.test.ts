import { taskFinished } from '../../shared/contracts/events/tasks';
import { query } from '../../shared/db/data-source';
import { newId } from '../../shared/kernel/ids';
import { startBoardDatabase, type BoardDatabase } from '../testing/board-database';
import { storeTask } from '../testing/factories';
import { cancelTask } from './cancel-task';
import { finishTask } from './finish-task';

let board: BoardDatabase;
beforeAll(async () => {
  board = await startBoardDatabase();
});
afterAll(() => board.stop());
beforeEach(() => board.empty());

const TIMES = 10;
const assignee = { id: newId(), permissions: [] };
const manager = { id: newId(), permissions: ['tasks.distribute'] };

/** Counts the attempts by outcome: done, or the id of the refusal. */
async function outcomesOf(attempts: Promise<unknown>[]): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const outcome of await Promise.allSettled(attempts)) {
    const name = outcome.status === 'fulfilled' ? 'done' : (outcome.reason as { id: string }).id;
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}

/** Outbox without hints. */
const FACTS = `outbox WHERE topic = 'tasks'`;

describe('ten finishes at once', () => {
  it('are one finish with one event, and nine conflicts', async () => {
    const { id } = await storeTask(board.database, { assigneeId: assignee.id });
    const attempts = Array.from({ length: TIMES }, () => finishTask(board, assignee, id));
    expect(await outcomesOf(attempts)).toEqual({ done: 1, 'task-finished': 9 });
    const [task] = await query<{ finished_at: Date; version: number }>(
      board.database,
      'SELECT finished_at, version FROM tasks',
    );
    expect(task!.version).toBe(2);
    const finishedAt = task!.finished_at.toISOString();
    expect(await query(board.database, `SELECT type, data FROM ${FACTS}`)).toEqual([
      { type: taskFinished.type, data: { taskId: id, userId: assignee.id, finishedAt } },
    ]);
  });

  it('and ten cancels: either it was finished or it was cancelled', async () => {
    const { id } = await storeTask(board.database, { assigneeId: assignee.id });
    const attempts = Array.from({ length: TIMES }, () => [
      finishTask(board, assignee, id),
      cancelTask(board, manager, id),
    ]).flat();
    const outcomes = await outcomesOf(attempts);
    expect(outcomes['done']).toBe(1);
    const [task] = await query<{ status: string }>(board.database, 'SELECT status FROM tasks');
    expect(outcomes[`task-${task!.status}`]).toBe(2 * TIMES - 1);
    const events = await query(board.database, `SELECT FROM ${FACTS}`);
    expect(events).toHaveLength(task!.status === 'finished' ? 1 : 0);
  });
});

it('the database’s clock says when it was finished, whatever the process believes', async () => {
  const { id } = await storeTask(board.database, { assigneeId: assignee.id });
  const moment = new Date('2031-05-06T07:08:09.123Z');
  const told = { ...board, now: () => Promise.resolve(moment) };
  expect((await finishTask(told, assignee, id)).finishedAt).toEqual(moment);
  const data = { taskId: id, userId: assignee.id, finishedAt: moment.toISOString() };
  expect(await query(board.database, `SELECT data FROM ${FACTS}`)).toEqual([{ data }]);
});

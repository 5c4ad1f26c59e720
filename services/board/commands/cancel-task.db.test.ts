import { newId } from '../../shared/kernel/ids';
import { atOnce } from '../../shared/testing/at-once';
import { expectRolledBack } from '../../shared/testing/rollback';
import type { Task } from '../entities/task.entity';
import { startBoardDatabase, type BoardDatabase } from '../testing/board-database';
import { storeTask } from '../testing/factories';
import { cancelTask } from './cancel-task';

let board: BoardDatabase;
beforeAll(async () => {
  board = await startBoardDatabase();
});
afterAll(() => board.stop());

const manager = { id: newId(), permissions: ['tasks.distribute'] };
const assignee = { id: newId(), permissions: [] };

it('of two cancels one is done and the other refused, at once and afterwards', async () => {
  const { id } = await storeTask(board.database);
  const cancel = () => cancelTask(board, manager, id);
  const outcomes = await atOnce(board, 'tasks', [cancel, cancel]);
  expect(outcomes).toEqual({ done: 1, 'task-cancelled': 1 });
  await expect(cancel()).rejects.toMatchObject({ id: 'task-cancelled' });
});

it.each([
  ['a finished task', manager, { status: 'finished', assigneeId: assignee.id }, 'task-finished'],
  ['one’s own task that was dealt', assignee, { assigneeId: assignee.id }, 'forbidden'],
  ['a task that one may not see', assignee, {}, 'not-found'],
] as [string, typeof manager, Partial<Task>, string][])(
  'refuses %s',
  async (_, caller, changes, refusal) => {
    const { id } = await storeTask(board.database, changes);
    await expect(cancelTask(board, caller, id)).rejects.toMatchObject({ id: refusal });
  },
);

it('is undone as a whole', async () => {
  const { id } = await storeTask(board.database);
  await expectRolledBack(board, 'tasks', () => cancelTask(board, manager, id));
});

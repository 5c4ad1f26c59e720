import { newId } from '../../shared/kernel/ids';
import { atOnce } from '../../shared/testing/at-once';
import { expectRolledBack } from '../../shared/testing/rollback';
import type { Task } from '../entities/task.entity';
import { startBoardDatabase, type BoardDatabase } from '../testing/board-database';
import { storeTask } from '../testing/factories';
import { cancelTask } from './cancel-task';
import { editTask } from './edit-task';

let board: BoardDatabase;
beforeAll(async () => {
  board = await startBoardDatabase();
});
afterAll(() => board.stop());

const manager = { id: newId(), permissions: ['tasks.distribute'] };
const assignee = { id: newId(), permissions: [] };
const edit =
  (id: string, title: string, caller = manager) =>
  () =>
    editTask(board, caller, id, [1], { title });

it('of two edits of one version one is refused, at once and afterwards', async () => {
  const { id } = await storeTask(board.database);
  const attempts = [edit(id, 'one'), edit(id, 'other')];
  const outcomes = await atOnce(board, 'tasks', attempts);
  expect(outcomes).toEqual({ done: 1, 'stale-version': 1 });
  await expect(edit(id, 'third')()).rejects.toMatchObject({ id: 'stale-version' });
});

it('an edit and a cancel at once: whichever is later is refused', async () => {
  const { id } = await storeTask(board.database);
  const attempts = [edit(id, 'new'), () => cancelTask(board, manager, id)];
  const outcomes = await atOnce(board, 'tasks', attempts);
  expect([{ done: 2 }, { done: 1, 'task-cancelled': 1 }]).toContainEqual(outcomes);
});

it.each([
  ['a bad title', manager, {}, 'a ] bracket', 'bad-request'],
  [
    'a finished task',
    manager,
    { status: 'finished', assigneeId: assignee.id },
    'new',
    'task-finished',
  ],
  ['one’s own task that was dealt', assignee, { assigneeId: assignee.id }, 'new', 'forbidden'],
  ['a task that one may not see', assignee, {}, 'new', 'not-found'],
] as [string, typeof manager, Partial<Task>, string, string][])(
  'refuses %s',
  async (_, caller, changes, title, refusal) => {
    const { id } = await storeTask(board.database, changes);
    await expect(edit(id, title, caller)()).rejects.toMatchObject({ id: refusal });
  },
);

it('is undone as a whole', async () => {
  const { id } = await storeTask(board.database);
  await expectRolledBack(board, 'tasks', edit(id, 'new'));
});

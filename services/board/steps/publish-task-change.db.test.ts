import { changes, type Hint } from '../../shared/contracts/events/hints';
import { query } from '../../shared/db/data-source';
import { newId } from '../../shared/kernel/ids';
import { cancelTask } from '../commands/cancel-task';
import { createTask } from '../commands/create-task';
import { distributeTasks } from '../commands/distribute-tasks';
import { editTask } from '../commands/edit-task';
import { finishTask } from '../commands/finish-task';
import { startBoardDatabase, type BoardDatabase } from '../testing/board-database';
import { storeTask } from '../testing/factories';

let board: BoardDatabase;
beforeAll(async () => {
  board = await startBoardDatabase();
});
afterAll(() => board.stop());
beforeEach(() => board.empty());

const assignee = { id: newId(), permissions: [] };
const manager = { id: newId(), permissions: ['tasks.distribute'] };

async function hints(): Promise<Hint[]> {
  const sql = `SELECT data FROM outbox WHERE topic = 'hints' ORDER BY id`;
  const rows = await query<{ data: object }>(board.database, sql);
  return rows.flatMap(({ data }) => changes.parse(data).hints);
}

const about = (id: string, people: readonly string[]): Hint => ({
  topic: 'task',
  people: people.map((userId) => ({ userId, ids: [id] })),
  watchers: 'tasks.view-all',
  ids: [id],
});

it('a finished, cancelled or edited task: hints for assignee and creator', async () => {
  const { id, createdBy } = await storeTask(board.database, { assigneeId: assignee.id });
  await finishTask(board, assignee, id);
  expect(await hints()).toEqual([about(id, [assignee.id, createdBy])]);
  await board.empty();
  const other = await storeTask(board.database, { assigneeId: assignee.id });
  await editTask(board, manager, other.id, 'any', { title: 'Another button' });
  await cancelTask(board, manager, other.id);
  const expected = about(other.id, [assignee.id, other.createdBy]);
  expect(await hints()).toEqual([expected, expected]);
});

it('a created task: hints for its creator, and for the one it was dealt to', async () => {
  board.activeIds.push(assignee.id);
  const task = { id: newId(), title: 'Change the button', description: null, deal: true };
  await createTask(board, manager, task);
  expect(await hints()).toEqual([about(task.id, [assignee.id, manager.id])]);
});

it('a refused change: no hint', async () => {
  const { id } = await storeTask(board.database, { assigneeId: newId() });
  await expect(finishTask(board, assignee, id)).rejects.toMatchObject({ status: 404 });
  expect(await hints()).toEqual([]);
});

it('a distribution: hints for those who were dealt tasks and those who lost some', async () => {
  const [gone, active] = [newId(), newId()];
  await storeTask(board.database, { assigneeId: gone });
  await storeTask(board.database, { assigneeId: gone });
  await storeTask(board.database);
  await storeTask(board.database, { assigneeId: newId(), status: 'finished' });
  board.activeIds.push(active);
  const { id } = await distributeTasks(board, manager, { id: newId(), scope: 'open' });
  expect(await hints()).toEqual([
    {
      topic: 'task',
      people: [{ userId: active }, { userId: gone }],
      watchers: 'tasks.view-all',
    },
    { topic: 'distribution', people: [], watchers: 'tasks.distribute', ids: [id] },
  ]);
});

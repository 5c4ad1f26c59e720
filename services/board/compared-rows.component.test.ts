import { startBoard, type BoardUnderTest } from './testing/board-under-test';

const BOUNDS = [
  '00000000-0000-0000-0000-000000000000',
  '80000000-0000-0000-0000-000000000000',
  'ffffffff-ffff-ffff-ffff-ffffffffffff',
];
const [from, , to] = BOUNDS;

let board: BoardUnderTest;
beforeAll(async () => {
  board = await startBoard();
});
afterAll(() => board.stop());

const ask = async (path: string, body: object): Promise<Record<string, object[]>> =>
  (await board.client.service('account').post(path).send(body).expect(200)).body as never;

it('assignments and finished tasks are written as Account writes fees and rewards', async () => {
  const manager = { role: 'manager' as const };
  const create = board.client.as(manager).post('/tasks').send({ title: 'A', deal: true });
  const { body: task } = await create.expect(201);
  const key = `${task.id}/1`;
  const assigned = { key, content: `${task.assigneeId} 1376`, at: task.createdAt };
  expect(await ask('/assignments/rows', { from, to })).toEqual({ rows: [assigned] });
  const empty = { count: 0, hash: '0' };
  expect(await ask('/assignments/digests', { bounds: BOUNDS })).toEqual({
    digests: [{ count: 1, hash: expect.stringMatching(/^-?\d+$/) }, empty],
  });
  expect(await ask('/finished-tasks/rows', { from, to })).toEqual({ rows: [] });
  expect((await ask('/finished-tasks/digests', { bounds: BOUNDS }))['digests']).toEqual([
    empty,
    empty,
  ]);
  const assignee = board.client.as({ id: task.assigneeId });
  const { body: finished } = await assignee.post(`/tasks/${task.id}/finish`).expect(200);
  expect(await ask('/finished-tasks/rows', { from, to })).toEqual({
    rows: [{ key: task.id, content: `${task.assigneeId} 2751`, at: finished.finishedAt }],
  });
});

it('are for Account only, and bounded', async () => {
  const path = '/assignments/digests';
  await board.client.service('user').post(path).send({ bounds: BOUNDS }).expect(404);
  const bounds = Array.from({ length: 102 }, () => from);
  await board.client.service('account').post(path).send({ bounds }).expect(400);
});

import type { Response } from 'supertest';
import { activeEmployeeIds, subordinateIds } from '../shared/contracts/calls/user';
import { newId } from '../shared/kernel/ids';
import { startBoard, type BoardUnderTest } from './testing/board-under-test';
import { storeTask } from './testing/factories';

let board: BoardUnderTest;
beforeAll(async () => {
  board = await startBoard();
});
afterAll(() => board.stop());
beforeEach(() => board.reset());

const HOUR_MS = 3_600_000;
const hoursAgo = (count: number): Date => new Date(Date.now() - count * HOUR_MS);
const kesha = newId();
const gosha = newId();
const boss = { id: newId() };
const viewer = { id: newId(), permissions: ['tasks.view-all' as const] };

interface Listed {
  items: { id: string; assignedAt: string | null; assignmentNumber: number }[];
  next: string | null;
}

const get = (path: string, by: object = viewer): Promise<Response> => board.client.as(by).get(path);
async function idsOf(path: string, by: object = viewer): Promise<string[]> {
  const { body } = await board.client.as(by).get(path).expect(200);
  return (body as Listed).items.map(({ id }) => id);
}
const store = (changes: Parameters<typeof storeTask>[1]) => storeTask(board.database, changes);
const haveBelow = (...ids: string[]): void =>
  board.neighbours.answer(subordinateIds, ({ params }) => ({
    ids: params['id'] === boss.id ? ids : [],
  }));

describe('when a task was dealt', () => {
  it('is on the task, with how often; a task never dealt has neither', async () => {
    const { client, activeIds } = board;
    const created = await client.as({ id: kesha }).post('/tasks').send({ title: 'Fly' });
    expect(created.body).toMatchObject({ assignedAt: null, assignmentNumber: 0 });
    const manager = { role: 'manager' as const };
    const press = () => client.as(manager).post('/distributions').send({ scope: 'open' });
    await press().expect(201);
    const { body: second } = await press().expect(201);
    const { body } = await client.as(manager).get(`/tasks/${created.body.id}`).expect(200);
    expect(body).toMatchObject({ assignedAt: second.at, assignmentNumber: 2 });
    expect(activeIds).toContain(body.assigneeId);
  });

  it('is the creation of a task that was dealt at once', async () => {
    const dealer = { permissions: ['tasks.distribute' as const] };
    const body = { title: 'Fly', deal: true };
    const { body: task } = await board.client.as(dealer).post('/tasks').send(body).expect(201);
    expect(task).toMatchObject({ assignedAt: task.createdAt, assignmentNumber: 1 });
  });
});

describe('GET /tasks?sort=assignedAt', () => {
  it('has the task dealt last on top, those never dealt at the end, in pages', async () => {
    const early = await store({ assigneeId: kesha, assignedAt: hoursAgo(3) });
    const never = [await store({ createdAt: hoursAgo(1) }), await store({})];
    const late = await store({
      assigneeId: gosha,
      assignedAt: hoursAgo(1),
      createdAt: hoursAgo(9),
    });
    const twin = await store({ assigneeId: gosha, assignedAt: late.assignedAt });
    const expected = [twin, late, early, ...never.reverse()].map(({ id }) => id);
    expect(await idsOf('/tasks?view=all&sort=assignedAt')).toEqual(expected);
    const seen: string[] = [];
    let cursor = '';
    do {
      const path = `/tasks?view=all&sort=assignedAt&limit=2${cursor}`;
      const { body } = await board.client.as(viewer).get(path).expect(200);
      const { items, next } = body as Listed;
      seen.push(...items.map(({ id }) => id));
      cursor = next === null ? '' : `&cursor=${next}`;
    } while (cursor !== '');
    expect(seen).toEqual(expected);
  });

  it('is the order of one’s own tasks too, with the other filters', async () => {
    const older = await store({ assigneeId: kesha, assignedAt: hoursAgo(2) });
    const newer = await store({
      assigneeId: kesha,
      assignedAt: hoursAgo(1),
      createdAt: hoursAgo(5),
    });
    await store({ assigneeId: kesha, status: 'finished' });
    await store({ assigneeId: gosha });
    const path = '/tasks?view=mine&status=open&sort=assignedAt';
    expect(await idsOf(path, { id: kesha })).toEqual([newer.id, older.id]);
  });

  it('does not take the cursor of another order: 400', async () => {
    await store({ assigneeId: kesha });
    await store({ assigneeId: kesha });
    const { body } = await get('/tasks?view=all&limit=1');
    const other = await get(`/tasks?view=all&limit=1&sort=assignedAt&cursor=${body.next}`);
    expect(other.status).toBe(400);
    expect((await get('/tasks?sort=price')).status).toBe(400);
  });
});

describe('GET /tasks?unassigned=true', () => {
  it('shows the open tasks that nobody has', async () => {
    const waiting = await store({});
    await store({ status: 'cancelled' });
    await store({ assigneeId: kesha });
    expect(await idsOf('/tasks?view=all&unassigned=true')).toEqual([waiting.id]);
    expect(await idsOf('/tasks?view=all&unassigned=false')).toHaveLength(3);
  });
});

describe('GET /tasks/counts', () => {
  beforeEach(async () => {
    await store({ assigneeId: kesha, createdBy: boss.id, title: 'Fly higher' });
    await store({ assigneeId: kesha, status: 'finished' });
    await store({ assigneeId: gosha, status: 'finished' });
    await store({ assigneeId: gosha, status: 'cancelled' });
    await store({ createdBy: boss.id, title: 'Fly lower' });
    await store({ createdBy: boss.id, title: 'Sing', status: 'cancelled' });
  });

  it.each([
    ['view=all', viewer, [2, 2, 2, 1]],
    [`view=all&assignee=${kesha}`, viewer, [1, 1, 0, 0]],
    ['view=all&q=fly', viewer, [2, 0, 0, 1]],
    ['', { id: kesha }, [1, 1, 0, 0]],
    ['view=created', boss, [2, 0, 1, 1]],
    ['view=created&q=LOWER', boss, [1, 0, 0, 1]],
    ['view=subordinates', boss, [0, 1, 1, 0]],
    ['', { id: newId() }, [0, 0, 0, 0]],
  ])(
    '%s counts what the lists show',
    async (search, by, [open, finished, cancelled, unassigned]) => {
      haveBelow(gosha);
      const { body } = await board.client.as(by).get(`/tasks/counts?${search}`).expect(200);
      expect(body).toEqual({ open, finished, cancelled, unassigned });
    },
  );

  it('of all tasks needs tasks.view-all, of subordinates needs User', async () => {
    expect((await get('/tasks/counts?view=all', { id: kesha })).status).toBe(403);
    board.neighbours.answer(subordinateIds, () => ({ refuse: 503 }));
    expect((await get('/tasks/counts?view=subordinates', boss)).status).toBe(503);
    expect((await get('/tasks/counts', boss)).status).toBe(200);
  });
});

describe('GET /tasks/load', () => {
  const idle = newId();

  it('shows each subordinate, also those without tasks; the busiest first', async () => {
    haveBelow(gosha, kesha, idle);
    const oldest = await store({ assigneeId: kesha, assignedAt: hoursAgo(50) });
    await store({ assigneeId: kesha, assignedAt: hoursAgo(1) });
    await store({ assigneeId: gosha, status: 'finished', finishedAt: new Date() });
    await store({ assigneeId: gosha, status: 'finished', finishedAt: hoursAgo(25) });
    await store({ assigneeId: newId() });
    const { body } = await get('/tasks/load', boss);
    const none = { open: 0, oldestAssignedAt: null, finishedInDay: 0 };
    expect(body.items[0]).toEqual({
      userId: kesha,
      open: 2,
      oldestAssignedAt: oldest.assignedAt!.toISOString(),
      finishedInDay: 0,
    });
    expect(body.items.slice(1)).toEqual(
      expect.arrayContaining([
        { ...none, userId: gosha, finishedInDay: 1 },
        { ...none, userId: idle },
      ]),
    );
    expect(body.items).toHaveLength(3);
  });

  it('is empty when nobody reports', async () => {
    await store({ assigneeId: kesha });
    expect((await get('/tasks/load', boss)).body).toEqual({ items: [] });
  });

  it('of all shows everybody active, and who left and still has tasks', async () => {
    const left = newId();
    board.neighbours.answer(activeEmployeeIds, () => ({ ids: [kesha, idle] }));
    await store({ assigneeId: left });
    await store({ assigneeId: left, status: 'finished', finishedAt: new Date() });
    await store({ assigneeId: gosha, status: 'finished', finishedAt: new Date() });
    await store({});
    const { body } = await get('/tasks/load?view=all');
    const open = (body.items as { userId: string; open: number }[]).map((one) => [
      one.userId,
      one.open,
    ]);
    expect(open[0]).toEqual([left, 1]);
    expect(new Set(open.map(([userId]) => userId))).toEqual(new Set([left, kesha, idle]));
  });

  it('of all needs tasks.view-all; without User there is none', async () => {
    expect((await get('/tasks/load?view=all', boss)).status).toBe(403);
    board.neighbours.answer(subordinateIds, () => ({ refuse: 503 }));
    expect((await get('/tasks/load', boss)).status).toBe(503);
  });
});

describe('a distribution', () => {
  const manager = { id: newId(), role: 'manager' as const };
  const press = () => board.client.as(manager).post('/distributions').send({ scope: 'open' });

  it('says what it charged in all; the preview then names it as the last one', async () => {
    await store({ feeCents: 700n });
    await store({ feeCents: 50n });
    await store({ feeCents: 9n, status: 'cancelled' });
    const { body: done } = await press().expect(201);
    const { id, by, at } = done as Record<string, string>;
    expect(done).toMatchObject({ fees: { amount: '750', currency: 'USD' } });
    const { body } = await board.client.as(manager).get('/distributions/preview?scope=open');
    expect(body.last).toEqual({ id, by, at });
    const { body: history } = await board.client.as(manager).get('/distributions').expect(200);
    expect(history.items).toEqual([done]);
  });
});

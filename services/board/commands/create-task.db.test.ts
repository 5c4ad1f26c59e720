import { activeEmployeeIds } from '../../shared/contracts/calls/user';
import { query } from '../../shared/db/data-source';
import { newId } from '../../shared/kernel/ids';
import { eventually } from '../../shared/testing/eventually';
import { isLockAwaited } from '../../shared/testing/lock-wait';
import { MAX_ASKS, MAX_IDS_AGE_MS } from '../clients/active-ids';
import type { BoardContext } from '../context';
import { Task } from '../entities/task.entity';
import { demandTaskLimit } from '../steps/demand-task-limit';
import { startBoardDatabase, type BoardDatabase } from '../testing/board-database';
import { storeTask, taskOf } from '../testing/factories';
import { cancelTask } from './cancel-task';
import { createTask, type NewTask } from './create-task';

let board: BoardDatabase;
beforeAll(async () => {
  board = await startBoardDatabase();
});
afterAll(() => board.stop());
beforeEach(() => board.empty());
afterEach(() => jest.restoreAllMocks());

const employee = { id: newId(), permissions: [] };
const colleague = { id: newId(), permissions: [] };
const manager = { id: newId(), permissions: ['tasks.distribute'] };
const newTask = (more: Partial<NewTask> = {}): NewTask => ({
  id: newId(),
  title: 'Change the button to green',
  description: null,
  deal: false,
  ...more,
});
const rowsOf = (table: string): Promise<Record<string, unknown>[]> =>
  query(board.database, `SELECT * FROM ${table}`);

describe('the limit of tasks between two cut-offs', () => {
  const LIMIT = 7;
  const PARALLEL = 50;
  const beforeCutOff = new Date('2026-03-02T14:59:59.000Z');
  const cutOff = new Date('2026-03-02T15:00:00.000Z');

  const at = (moment: Date, tasksPerDay = LIMIT): BoardContext => ({
    ...board,
    now: () => Promise.resolve(moment),
    tasksPerDay,
  });
  const create = (moment: Date, task = newTask(), by = employee): Promise<Task> =>
    createTask(at(moment), by, task);
  const fill = async (moment: Date): Promise<NewTask[]> => {
    const sent = Array.from({ length: LIMIT }, () => newTask());
    for (const task of sent) await create(moment, task);
    return sent;
  };
  const tooMany = {
    id: 'too-many-tasks',
    status: 429,
    retryAfterSeconds: 1,
    detail: expect.stringContaining(cutOff.toISOString()),
  };

  it('holds under fifty requests of one person at once', async () => {
    const attempts = Array.from({ length: PARALLEL }, () =>
      createTask({ ...board, tasksPerDay: LIMIT }, employee, newTask()),
    );
    const outcomes = await Promise.allSettled(attempts);
    const refused = outcomes.filter((outcome) => outcome.status === 'rejected');
    expect(refused).toHaveLength(PARALLEL - LIMIT);
    for (const { reason } of refused) expect(reason).toMatchObject({ id: 'too-many-tasks' });
    expect(await rowsOf('tasks')).toHaveLength(LIMIT);
  });

  it('of two creations of one person at once, the second waits and counts the first', async () => {
    const limits = at(beforeCutOff, 1);
    let second: Promise<Task> | undefined;
    let isCreated = false;
    await board.database.transaction(async (tx) => {
      await tx.insert(Task, taskOf({ createdBy: employee.id, createdAt: beforeCutOff }));
      await demandTaskLimit(tx, limits, employee.id, beforeCutOff);
      second = createTask(limits, employee, newTask());
      second.then(
        () => (isCreated = true),
        () => undefined,
      );
      await eventually('the second waits, or did not', () => {
        return isCreated || isLockAwaited(board.database);
      });
    });
    await expect(second).rejects.toMatchObject({ id: 'too-many-tasks' });
  });

  it('counts each task once and refuses no repeat, at once or later', async () => {
    const sent = Array.from({ length: LIMIT }, () => newTask());
    const requests = Array.from({ length: PARALLEL }, (_, index) => sent[index % LIMIT]!);
    const outcomes = await Promise.allSettled(requests.map((task) => create(beforeCutOff, task)));
    expect(outcomes).toEqual(
      requests.map(({ id }) => ({ status: 'fulfilled', value: expect.objectContaining({ id }) })),
    );
    expect(await rowsOf('tasks')).toHaveLength(LIMIT);

    await expect(create(beforeCutOff)).rejects.toMatchObject(tooMany);
    for (const task of sent) {
      await expect(create(beforeCutOff, task)).resolves.toMatchObject({ id: task.id });
    }
  });

  it('names the time it ends, and ends then', async () => {
    await fill(beforeCutOff);
    await expect(create(beforeCutOff)).rejects.toMatchObject(tooMany);
    await fill(cutOff);
    await expect(create(cutOff)).rejects.toMatchObject({
      id: 'too-many-tasks',
      detail: expect.stringContaining('2026-03-03T15:00:00.000Z'),
    });
  });

  it('is each person’s own', async () => {
    await fill(beforeCutOff);
    await expect(create(beforeCutOff, newTask(), colleague)).resolves.toMatchObject({
      createdBy: colleague.id,
    });
  });

  it('counts tasks that were cancelled', async () => {
    const [first] = await fill(beforeCutOff);
    await cancelTask(board, employee, first!.id);
    await expect(create(beforeCutOff)).rejects.toMatchObject(tooMany);
  });

  it('asks nobody for a task too many: no price is drawn for it', async () => {
    await fill(beforeCutOff);
    board.neighbours.calls.length = 0;
    await expect(create(beforeCutOff, newTask({ deal: true }))).rejects.toMatchObject(tooMany);
    expect(board.neighbours.calls).toEqual([]);
  });

  it('answers 409 for an id that is taken, also beyond the limit', async () => {
    await fill(beforeCutOff);
    const { id } = await storeTask(board.database);
    await expect(create(beforeCutOff, newTask({ id }))).rejects.toMatchObject({ id: 'id-taken' });
  });
});

describe('dealt at its creation', () => {
  /** Makes User give these answers in turn, the first `late` ones too old to be used. */
  function answerInTurn(answers: string[][], late: number): { asked: number } {
    const seen = { asked: 0 };
    let skewMs = 0;
    const now = performance.now.bind(performance);
    jest.spyOn(performance, 'now').mockImplementation(() => now() + skewMs);
    board.neighbours.answer(activeEmployeeIds, () => {
      const ids = answers[seen.asked]!;
      seen.asked += 1;
      if (seen.asked <= late) skewMs += MAX_IDS_AGE_MS + 1;
      return { ids };
    });
    return seen;
  }

  it('goes to somebody who was active a moment ago: older ids are asked for again', async () => {
    const [gone, active] = [newId(), newId()];
    const seen = answerInTurn([[gone], [active]], 1);
    const task = newTask({ deal: true });
    expect(await createTask(board, manager, task)).toMatchObject({ assigneeId: active });
    expect(seen.asked).toBe(2);
    expect(await rowsOf('assignments')).toMatchObject([{ task_id: task.id, user_id: active }]);
    const facts = await rowsOf(`outbox WHERE topic = 'tasks'`);
    expect(facts).toMatchObject([{ data: { userId: active } }]);
  });

  it('is refused with the reason, and not there, when ids are too old each time', async () => {
    const answers = Array.from({ length: MAX_ASKS }, () => [newId()]);
    const seen = answerInTurn(answers, MAX_ASKS);
    const dealt = createTask(board, manager, newTask({ deal: true }));
    await expect(dealt).rejects.toMatchObject({
      status: 503,
      id: 'dealing-delayed',
      retryAfterSeconds: 1,
      detail: expect.stringContaining('who is active may have changed'),
    });
    expect(seen.asked).toBe(MAX_ASKS);
    expect(await rowsOf('tasks')).toEqual([]);
    expect(await rowsOf('outbox')).toEqual([]);
  });
});

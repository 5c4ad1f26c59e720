import { activeEmployeeIds } from '../../shared/contracts/calls/user';
import { taskAssigned, taskFinished } from '../../shared/contracts/events/tasks';
import { query } from '../../shared/db/data-source';
import { newId } from '../../shared/kernel/ids';
import { withContext } from '../../shared/observability/context';
import { eventually } from '../../shared/testing/eventually';
import { isLockAwaited } from '../../shared/testing/lock-wait';
import { MAX_ASKS, MAX_IDS_AGE_MS } from '../clients/active-ids';
import type { Scope } from '../domain/distribution';
import type { Distribution } from '../entities/distribution.entity';
import type { Task } from '../entities/task.entity';
import { previewDistribution } from '../queries/preview-distribution';
import { startBoardDatabase, type BoardDatabase } from '../testing/board-database';
import { storeTask, storeTasks, taskOf } from '../testing/factories';
import { DISTRIBUTION_LOCK, distributeTasks, type NewDistribution } from './distribute-tasks';
import { finishTask } from './finish-task';

let board: BoardDatabase;
beforeAll(async () => {
  board = await startBoardDatabase();
});
afterAll(() => board.stop());
beforeEach(() => board.empty());

const manager = { id: newId(), permissions: ['tasks.distribute'] };
const ids = (count: number): string[] => Array.from({ length: count }, () => newId());
const distribute = (
  scope: Scope,
  more: Partial<NewDistribution> = {},
  by = manager,
): Promise<Distribution> => distributeTasks(board, by, { id: newId(), scope, ...more });
const tasks = (): Promise<Record<string, unknown>[]> =>
  query(board.database, 'SELECT * FROM tasks ORDER BY id');

/** Checks that tasks, assignments, distributions and events are consistent. */
async function expectOneStory(): Promise<void> {
  const broken = await query(
    board.database,
    `SELECT id, 'the task names another assignee than its last assignment' AS what
     FROM tasks LEFT JOIN assignments ON task_id = tasks.id AND number = assignment_number
     WHERE assignee_id IS DISTINCT FROM user_id
     UNION ALL
     SELECT task_id, 'assignments and their events differ' FROM assignments
     FULL JOIN outbox ON type = '${taskAssigned.type}' AND (data->>'taskId')::uuid = task_id
       AND (data->>'assignmentNumber')::integer = number AND (data->>'userId')::uuid = user_id
       AND (data->>'distributionId')::uuid IS NOT DISTINCT FROM distribution_id
       AND (data->>'assignedAt')::timestamptz = assigned_at
     WHERE type IS NULL OR (task_id IS NULL AND type = '${taskAssigned.type}')
     UNION ALL
     SELECT task_id, 'a number is missing' FROM assignments
     GROUP BY task_id HAVING max(number) <> count(*)
     UNION ALL
     SELECT distributions.id, 'the sums are wrong' FROM distributions
     WHERE task_count <> (SELECT count(*) FROM assignments WHERE distribution_id = distributions.id)
     UNION ALL
     SELECT tasks.id, 'a finished task has another event than one to its assignee' FROM tasks
     WHERE (status = 'finished')::integer <> (SELECT count(*) FROM outbox
       WHERE type = '${taskFinished.type}' AND (data->>'taskId')::uuid = tasks.id
         AND (data->>'userId')::uuid = assignee_id)`,
  );
  expect(broken).toEqual([]);
}

describe('a distribution of 2 000 tasks among 50 people', () => {
  const TASKS = 2_000;
  const PEOPLE = 50;
  /** χ² with 49 degrees of freedom is above this once in 3·10⁹ runs. */
  const CHI_SQUARE_BOUND = 137;

  it('deals each task once, uniformly, with one assignment and one event', async () => {
    board.activeIds.push(...ids(PEOPLE));
    await storeTasks(
      board.database,
      Array.from({ length: TASKS }, () => taskOf()),
    );
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    const { id, taskCount, people } = await withContext(
      { requestId: 'request-of-the-test', traceparent },
      () => distribute('unassigned'),
    );

    expect(taskCount).toBe(TASKS);
    const expected = TASKS / PEOPLE;
    const dealt = board.activeIds.map(
      (userId) => people.find((share) => share.userId === userId)?.taskCount ?? 0,
    );
    expect(dealt.reduce((sum, count) => sum + count)).toBe(TASKS);
    const chiSquare = dealt.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
    expect(chiSquare).toBeLessThan(CHI_SQUARE_BOUND);
    // Round robin would give nearly 0.
    expect(chiSquare).toBeGreaterThan(10);

    await expectOneStory();
    const outbox = await query<{ data: object; traceparent: string; request_id: string }>(
      board.database,
      `SELECT data, traceparent, request_id FROM outbox WHERE topic = 'tasks'`,
    );
    expect(outbox).toHaveLength(TASKS);
    for (const row of outbox) {
      expect(taskAssigned.schema.parse(row.data)).toMatchObject({ distributionId: id });
      expect(row).toMatchObject({ traceparent, request_id: 'request-of-the-test' });
    }
  });

  it('draws for each task anew: neighbours in the table do not share an assignee', async () => {
    board.activeIds.push(...ids(2));
    await storeTasks(
      board.database,
      Array.from({ length: 200 }, () => taskOf()),
    );
    await distribute('open');
    const first = (await tasks()).map((task) => task['assignee_id']);
    await distribute('open');
    const second = (await tasks()).map((task) => task['assignee_id']);
    const stayed = first.filter((assignee, index) => assignee === second[index]).length;
    // A fair coin for each of 200 tasks: outside of this once in 10¹² runs.
    expect(stayed).toBeGreaterThan(50);
    expect(stayed).toBeLessThan(150);
    await expectOneStory();
  });

  it('takes no longer per task when the planner believes in a handful of them', async () => {
    board.activeIds.push(...ids(10_000));
    await board.asOwner('ALTER TABLE tasks SET (autovacuum_enabled = false)');
    const closed = Array.from({ length: 2_000 }, () => taskOf({ status: 'cancelled' }));
    await storeTasks(board.database, closed);
    await board.asOwner('ANALYZE tasks');
    await storeTasks(
      board.database,
      Array.from({ length: 4_000 }, () => taskOf()),
    );
    const startedAt = performance.now();
    expect(await distribute('unassigned')).toMatchObject({ taskCount: 4_000 });
    expect(performance.now() - startedAt).toBeLessThan(5_000);
  });
});

describe('the scope', () => {
  it('unassigned takes tasks of nobody and of those who are not active now', async () => {
    const [active, gone] = ids(2) as [string, string];
    board.activeIds.push(active);
    const kept = await storeTask(board.database, { assigneeId: active });
    const ofNobody = await storeTask(board.database);
    const ofGone = await storeTask(board.database, { assigneeId: gone });
    await storeTask(board.database, { status: 'cancelled' });
    await storeTask(board.database, { status: 'finished', assigneeId: gone });

    const { taskCount, people } = await distribute('unassigned');
    expect({ taskCount, people }).toEqual({
      taskCount: 2,
      people: [{ userId: active, taskCount: 2 }],
    });
    const numbers = new Map((await tasks()).map((task) => [task['id'], task['assignment_number']]));
    expect(numbers.get(kept.id)).toBe(1);
    expect(numbers.get(ofNobody.id)).toBe(1);
    expect(numbers.get(ofGone.id)).toBe(2);
  });

  it('open takes every open task, and a task that lands on the same person counts again', async () => {
    board.activeIds.push(...ids(1));
    const { id } = await storeTask(board.database);
    await distribute('open');
    await distribute('open');
    expect(await tasks()).toMatchObject([{ id, assignment_number: 2, version: 3 }]);
    await expectOneStory();
  });

  it('with nothing in it makes a distribution of nothing', async () => {
    board.activeIds.push(...ids(3));
    expect(await distribute('open')).toMatchObject({ taskCount: 0, people: [] });
  });
});

describe('at the same time', () => {
  it('two distributions and finishes end as if one came after another', async () => {
    board.activeIds.push(...ids(5));
    await storeTasks(
      board.database,
      Array.from({ length: 300 }, () => taskOf()),
    );
    await distribute('unassigned');
    const before = (await tasks()) as unknown as { id: string; assignee_id: string }[];
    const finish = (task: { id: string; assignee_id: string }): Promise<unknown> =>
      finishTask(board, { id: task.assignee_id, permissions: [] }, task.id).then(
        () => 'finished',
        (error: { status: number }) => error.status,
      );
    const outcomes: unknown[] = [];
    const finishAll = async (): Promise<void> => {
      for (let task = before.pop(); task; task = before.pop()) outcomes.push(await finish(task));
    };
    const finishers = [finishAll(), finishAll(), finishAll(), finishAll()];
    await eventually('the first finishes', () => outcomes.length > 10);
    const [first, second] = await Promise.all([distribute('open'), distribute('open')]);
    await Promise.all(finishers);

    expect(new Set(outcomes)).toEqual(new Set(['finished', 404]));
    const finished = outcomes.filter((outcome) => outcome === 'finished').length;
    const after = await tasks();
    expect(after.filter((task) => task['status'] === 'finished')).toHaveLength(finished);
    // A distribution does not deal tasks that were finished before it came to them.
    expect(first.taskCount).toBeGreaterThanOrEqual(300 - finished);
    expect(second.taskCount).toBeGreaterThanOrEqual(300 - finished);
    await expectOneStory();
  });

  it('the same distribution sent ten times deals once', async () => {
    board.activeIds.push(...ids(3));
    await storeTask(board.database);
    const id = newId();
    const answers = await Promise.all(Array.from({ length: 10 }, () => distribute('open', { id })));
    expect(new Set(answers.map((answer) => JSON.stringify(answer.people))).size).toBe(1);
    expect(await tasks()).toMatchObject([{ assignment_number: 1 }]);
    await expectOneStory();
  });

  it('of two that both follow the same one, the later is refused by name and time', async () => {
    board.activeIds.push(...ids(3));
    const seen = await distribute('open', { after: null });
    const others = ['one', 'two'].map(() => ({ ...manager, id: newId() }));
    const outcomes = await Promise.allSettled(
      others.map((other) => distribute('open', { after: seen.id }, other)),
    );
    const refused = outcomes.filter((outcome) => outcome.status === 'rejected');
    const done = outcomes.filter((outcome) => outcome.status === 'fulfilled');
    expect(done).toHaveLength(1);
    const { pressedBy, pressedAt } = done[0]!.value;
    expect(refused).toMatchObject([
      {
        reason: {
          id: 'distributed-meanwhile',
          detail: expect.stringContaining(`${pressedBy} distributed at ${pressedAt.toISOString()}`),
        },
      },
    ]);
  });
});

describe('while somebody else deals', () => {
  let skewMs = 0;
  beforeEach(() => {
    skewMs = 0;
    const now = performance.now.bind(performance);
    jest.spyOn(performance, 'now').mockImplementation(() => now() + skewMs);
  });
  afterEach(() => jest.restoreAllMocks());

  /** Holds the lock of distributions until the returned function is called. */
  async function othersDeal(): Promise<() => Promise<void>> {
    let end = (): void => undefined;
    const ended = new Promise<void>((resolve) => (end = resolve));
    let isHeld = false;
    const holding = board.database.transaction(async (tx) => {
      await query(tx, 'SELECT pg_advisory_xact_lock($1)', [DISTRIBUTION_LOCK]);
      isHeld = true;
      await ended;
    });
    await eventually('the lock is held', () => isHeld);
    return async () => {
      end();
      await holding;
    };
  }

  const isSomebodyWaiting = (): Promise<boolean> => isLockAwaited(board.database);

  it('nobody who is deactivated meanwhile is dealt a task', async () => {
    const [gone, active] = ids(2) as [string, string];
    board.activeIds.push(gone, active);
    await storeTasks(
      board.database,
      Array.from({ length: 20 }, () => taskOf()),
    );
    const endTheirs = await othersDeal();
    const pressed = distribute('open');
    await eventually('the distribution waits', isSomebodyWaiting);
    board.activeIds.shift();
    skewMs = MAX_IDS_AGE_MS + 1;
    await endTheirs();
    expect((await pressed).people).toEqual([{ userId: active, taskCount: 20 }]);
    expect(board.neighbours.calls).toHaveLength(2);
    await expectOneStory();
  });

  it('a wait that was short enough is dealt by the ids of before', async () => {
    const [active] = ids(1) as [string];
    board.activeIds.push(active);
    await storeTask(board.database);
    const endTheirs = await othersDeal();
    const pressed = distribute('open');
    await eventually('the distribution waits', isSomebodyWaiting);
    await endTheirs();
    expect((await pressed).people).toEqual([{ userId: active, taskCount: 1 }]);
    expect(board.neighbours.calls).toHaveLength(1);
  });

  it('whoever waits too long each time is refused with the reason, and nothing is done', async () => {
    await storeTask(board.database);
    board.neighbours.answer(activeEmployeeIds, () => {
      skewMs += MAX_IDS_AGE_MS + 1;
      return { ids: ids(3) };
    });
    await expect(distribute('open')).rejects.toMatchObject({
      status: 503,
      id: 'dealing-delayed',
      retryAfterSeconds: 1,
      detail: expect.stringContaining('who is active may have changed'),
    });
    expect(board.neighbours.calls).toHaveLength(MAX_ASKS);
    expect(await tasks()).toMatchObject([{ assignee_id: null, version: 1 }]);
    expect(await query(board.database, 'SELECT FROM distributions')).toEqual([]);
  });
});

describe('the preview of 20 000 tasks of 300 people', () => {
  it('says who created how many of those that the distribution then deals', async () => {
    const CREATORS = 300;
    board.activeIds.push(...ids(50));
    const creators = ids(CREATORS);
    await board.asOwner('ALTER TABLE tasks DISABLE TRIGGER tasks_keep_text');
    await board.asOwner(
      `INSERT INTO tasks (id, title, created_by, status, assignee_id, assignment_number,
         price_cents, fee_cents, reward_cents, request_fingerprint, created_at)
       SELECT gen_random_uuid(), 'Fly', ('{${creators.join(',')}}'::uuid[])[1 + n * n % 300],
         CASE WHEN n % 10 = 0 THEN 'cancelled' ELSE 'open' END,
         CASE WHEN n % 3 = 0 THEN '${board.activeIds[0]}'::uuid
           WHEN n % 3 = 1 THEN gen_random_uuid() END, (n % 3 < 2)::integer,
         2000, 1000 + n % 7, 2000, gen_random_uuid(), now()
       FROM generate_series(1, 20000) AS n`,
    );
    await board.asOwner('ALTER TABLE tasks ENABLE TRIGGER tasks_keep_text');
    for (const scope of ['unassigned', 'open'] as const) {
      const preview = await previewDistribution(board, scope);
      const rows = await tasks();
      const inScope = rows.filter(
        ({ status, assignee_id: assignee }) =>
          status === 'open' &&
          (scope === 'open' || !board.activeIds.includes((assignee ?? '') as string)),
      );
      const expected = new Map<unknown, number>();
      for (const { created_by: by } of inScope) expected.set(by, (expected.get(by) ?? 0) + 1);
      const counts = preview.creators.map(({ userId, taskCount }) => [userId, taskCount] as const);
      expect(new Map<unknown, number>(counts)).toEqual(expected);
      expect(counts).toHaveLength(expected.size);
      const most = counts.map(([, count]) => count);
      expect(most).toEqual([...most].sort((a, b) => b - a));
      expect(preview.taskCount).toBe(inScope.length);
      const fees = inScope.reduce((sum, task) => sum + (task['fee_cents'] as bigint), 0n);
      expect(preview.feesCents).toBe(fees);
    }
    const { taskCount } = await previewDistribution(board, 'unassigned');
    expect(await distribute('unassigned')).toMatchObject({ taskCount });
  });
});

describe('refused, nothing is done:', () => {
  const untouched = async (): Promise<void> => {
    expect(await tasks()).toMatchObject([{ assignee_id: null, version: 1 }]);
    expect(await query(board.database, `SELECT FROM outbox WHERE topic = 'tasks'`)).toEqual([]);
  };

  it('when nobody is active', async () => {
    await storeTask(board.database);
    await expect(distribute('open')).rejects.toMatchObject({ status: 409, id: 'nobody-active' });
    await untouched();
  });

  it('when the id is that of another scope or person', async () => {
    board.activeIds.push(...ids(1));
    const { id } = await distribute('open');
    await storeTask(board.database);
    const stranger = { ...manager, id: newId() };
    await expect(distribute('unassigned', { id })).rejects.toMatchObject({ id: 'id-taken' });
    await expect(distribute('open', { id }, stranger)).rejects.toMatchObject({ id: 'id-taken' });
    await untouched();
  });
});

describe('the database refuses', () => {
  const change = (sql: string, task: Task): Promise<unknown> =>
    query(board.database, `UPDATE tasks SET ${sql} WHERE id = $1`, [task.id]);

  it.each([
    ['another price', 'price_cents = 1', 'tasks_price_is_fixed'],
    ['another fee', 'fee_cents = 1', 'tasks_price_is_fixed'],
    ['another reward', 'reward_cents = 1', 'tasks_price_is_fixed'],
    ['another id', 'id = gen_random_uuid()', 'tasks_origin_is_fixed'],
    ['another creator', 'created_by = gen_random_uuid()', 'tasks_origin_is_fixed'],
    ['an unknown status', `status = 'paused'`, 'tasks_status_check'],
    ['a finish without a time', `status = 'finished'`, 'tasks_finished_at_iff_finished'],
    ['a time without a finish', 'finished_at = now()', 'tasks_finished_at_iff_finished'],
    [
      'a finish by nobody',
      `status = 'finished', finished_at = now()`,
      'tasks_finished_by_assignee',
    ],
    ['an assignee without an assignment', 'assignee_id = id', 'tasks_assignee_iff_dealt'],
    ['a bracket in a title', `title = 'a [b] c'`, 'tasks_title_check'],
  ])('%s', async (_, sql, constraint) => {
    const task = await storeTask(board.database);
    await expect(change(sql, task)).rejects.toMatchObject({ driverError: { constraint } });
  });

  it.each(['finished', 'cancelled'] as const)('any change of a %s task', async (status) => {
    const task = await storeTask(board.database, { status, assigneeId: newId() });
    const reopened = change(`status = 'open', finished_at = NULL`, task);
    await expect(reopened).rejects.toMatchObject({
      driverError: { constraint: 'tasks_closed_stay_closed' },
    });
  });

  it('a price of nothing', async () => {
    const stored = storeTask(board.database, { priceCents: 0n });
    await expect(stored).rejects.toMatchObject({
      driverError: { constraint: 'tasks_price_cents_check' },
    });
  });

  it.each([
    ['UPDATE assignments SET number = 1'],
    ['DELETE FROM assignments'],
    ['UPDATE distributions SET task_count = 0'],
    ['DELETE FROM distributions'],
    ['DELETE FROM tasks'],
  ])('"%s" to the role that serves', async (sql) => {
    await expect(query(board.database, sql)).rejects.toThrow('permission denied');
  });
});

it('the database’s clock says when tasks were dealt, whatever the process believes', async () => {
  board.activeIds.push(newId());
  await storeTask(board.database);
  const moment = new Date('2031-05-06T07:08:09.123Z');
  const told = { ...board, now: () => Promise.resolve(moment) };
  const request = { id: newId(), scope: 'unassigned' } as const;
  expect((await distributeTasks(told, manager, request)).pressedAt).toEqual(moment);
  const dealt = await query(board.database, 'SELECT assigned_at FROM assignments');
  expect(dealt).toEqual([{ assigned_at: moment }]);
  await expectOneStory();
});

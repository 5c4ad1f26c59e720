import { createDataSource, query, type Database } from '../../shared/db/data-source';
import { migrate } from '../../shared/db/migrate';
import { newId } from '../../shared/kernel/ids';
import { createTestDatabase, type TestDatabase } from '../../shared/testing/test-database';
import { createBoardDatabase } from '../data-source';
import { createBoard } from './0001-create-board';
import { searchTasks } from './0002-search-tasks';
import { fillTaskTexts } from './0003-fill-task-texts';
import { composeTexts } from './0004-compose-texts';
import { indexByBlocks } from './0005-index-by-blocks';

/** Returns Board's data source of the version before. */
function createOldDatabase(url: string): Database {
  return createDataSource({
    service: 'board',
    url,
    entities: [],
    migrations: [createBoard, searchTasks, fillTaskTexts, composeTexts, indexByBlocks],
  });
}

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase(createOldDatabase);
});
afterAll(() => test.drop());

const CREATED = new Date('2026-03-01T09:00:00.000Z');
const FIRST = new Date('2026-03-02T09:00:00.000Z');
const SECOND = new Date('2026-03-02T10:00:00.000Z');

const run = (sql: string, params: unknown[] = []): Promise<object[]> =>
  query(test.database, sql, params);

/** Statements of the previous version. */
const CREATE = `
INSERT INTO tasks (id, title, status, assignee_id, assignment_number, created_by, price_cents,
  fee_cents, reward_cents, request_fingerprint, created_at, finished_at)
VALUES ($1, 'Fly', $2, $3, $4, gen_random_uuid(), 2000, 1000, 2000, gen_random_uuid(), $5,
  CASE $2 WHEN 'finished' THEN now() END)`;
const DEAL = `
UPDATE tasks SET assignee_id = gen_random_uuid(), assignment_number = assignment_number + 1,
  version = version + 1 WHERE id = $1`;
const DISTRIBUTE = `
INSERT INTO distributions (id, scope, pressed_by, pressed_at, task_count, people)
VALUES ($1, 'open', gen_random_uuid(), $2, 0, '[]')`;
const ASSIGN = `
INSERT INTO assignments (task_id, number, user_id, distribution_id, assigned_at)
VALUES ($1, $2, gen_random_uuid(), $3, $4)`;

async function assignedAt(id: string): Promise<Date | null> {
  const [row] = await run('SELECT assigned_at FROM tasks WHERE id = $1', [id]);
  return (row as { assigned_at: Date | null }).assigned_at;
}

it('fills in the last time of every task, and what distributions charged', async () => {
  const [never, open, finished, cancelled] = [newId(), newId(), newId(), newId()];
  const [first, second, empty] = [newId(), newId(), newId()];
  await run(CREATE, [never, 'open', null, 0, CREATED]);
  await run(CREATE, [open, 'open', newId(), 2, CREATED]);
  await run(CREATE, [finished, 'finished', newId(), 1, CREATED]);
  await run(CREATE, [cancelled, 'cancelled', newId(), 1, CREATED]);
  for (const [id, at] of [
    [first, FIRST],
    [second, SECOND],
    [empty, SECOND],
  ]) {
    await run(DISTRIBUTE, [id, at]);
  }
  await run(ASSIGN, [open, 1, first, FIRST]);
  await run(ASSIGN, [finished, 1, first, FIRST]);
  await run(ASSIGN, [open, 2, second, SECOND]);
  await run(ASSIGN, [cancelled, 1, null, CREATED]);

  await migrate(createBoardDatabase(test.ownerUrl));

  expect(await Promise.all([never, open, finished, cancelled].map(assignedAt))).toEqual([
    null,
    SECOND,
    FIRST,
    CREATED,
  ]);
  const sums = `SELECT id, fees_cents FROM distributions ORDER BY id`;
  expect(await run(sums)).toEqual(
    [
      { id: first, fees_cents: 2000n },
      { id: second, fees_cents: 1000n },
      { id: empty, fees_cents: 0n },
    ].sort((a, b) => (a.id < b.id ? -1 : 1)),
  );
  const versions = await run('SELECT DISTINCT version FROM tasks');
  expect(versions).toEqual([{ version: 1 }]);
});

it('the previous version goes on: what it deals has a time, what is closed stays closed', async () => {
  const [dealt, atOnce, closed] = [newId(), newId(), newId()];
  const before = new Date();
  await run(CREATE, [dealt, 'open', null, 0, CREATED]);
  await run(DEAL, [dealt]);
  expect((await assignedAt(dealt))!.getTime()).toBeGreaterThanOrEqual(before.getTime() - 1_000);
  await run(CREATE, [atOnce, 'open', newId(), 1, CREATED]);
  expect(await assignedAt(atOnce)).toEqual(CREATED);
  await run(CREATE, [closed, 'finished', newId(), 1, CREATED]);
  const refused = { driverError: { constraint: 'tasks_closed_stay_closed' } };
  for (const change of [`title = 'x'`, `assigned_at = now()`, 'version = 2']) {
    const changed = run(`UPDATE tasks SET ${change} WHERE id = $1`, [closed]);
    await expect(changed).rejects.toMatchObject(refused);
  }
});

it('the indexes are there and valid', async () => {
  const sql = `SELECT relname, indisvalid FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid
    WHERE relname IN ('tasks_last_dealt', 'tasks_last_dealt_to', 'tasks_finished')`;
  expect(await run(sql)).toEqual(
    expect.arrayContaining([
      { relname: 'tasks_last_dealt', indisvalid: true },
      { relname: 'tasks_last_dealt_to', indisvalid: true },
      { relname: 'tasks_finished', indisvalid: true },
    ]),
  );
});

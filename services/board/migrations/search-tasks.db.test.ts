import { createDataSource, query, type Database } from '../../shared/db/data-source';
import { migrate } from '../../shared/db/migrate';
import { newId } from '../../shared/kernel/ids';
import { createTestDatabase, type TestDatabase } from '../../shared/testing/test-database';
import { createBoardDatabase } from '../data-source';
import { Assignment } from '../entities/assignment.entity';
import { Distribution } from '../entities/distribution.entity';
import { Task } from '../entities/task.entity';
import { selectTasks } from '../queries/list-tasks';
import { taskOf } from '../testing/factories';
import { createBoard } from './0001-create-board';

/** Returns Board's data source as it was before the search. */
function createOldDatabase(url: string): Database {
  return createDataSource({
    service: 'board',
    url,
    entities: [Task, Assignment, Distribution],
    migrations: [createBoard],
  });
}

const INSERT = `
INSERT INTO tasks (id, jira_id, title, description, status, assignee_id, assignment_number,
  created_by, price_cents, fee_cents, reward_cents, request_fingerprint, created_at, finished_at,
  version)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`;

/** Stores a task as the first version did; it has no assignment, so nothing says when it was dealt. */
async function storeOldTask(changes: Partial<Task>): Promise<Task> {
  const task = { ...taskOf(changes), assignedAt: null };
  await query(test.database, INSERT, [
    task.id,
    task.jiraId,
    task.title,
    task.description,
    task.status,
    task.assigneeId,
    task.assignmentNumber,
    task.createdBy,
    task.priceCents,
    task.feeCents,
    task.rewardCents,
    task.requestFingerprint,
    task.createdAt,
    task.finishedAt,
    task.version,
  ]);
  return task;
}

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase(createOldDatabase);
});
afterAll(() => test.drop());

it('composes the texts of tasks that are there, closed ones too, and finds them all', async () => {
  const apart = 'Чай для Кеши'.normalize('NFD');
  const composed = apart.normalize('NFC');
  expect(apart).not.toBe(composed);
  const texts = { title: apart, jiraId: 'ЧАЙ-1'.normalize('NFD'), description: apart };
  const changes = [
    { ...texts },
    { ...texts, status: 'finished', assigneeId: newId(), version: 7 },
    { ...texts, status: 'cancelled', version: 3 },
    { title: composed, version: 2 },
  ] as const;
  const stored: Task[] = [];
  for (const each of changes) stored.push(await storeOldTask(each));

  await migrate(createBoardDatabase(test.ownerUrl));

  const after = await test.database.manager.find(Task);
  const byId = new Map(after.map((task) => [task.id, task]));
  for (const task of stored) {
    expect(byId.get(task.id)).toEqual({
      ...task,
      title: composed,
      jiraId: task.jiraId?.normalize('NFC') ?? null,
      description: task.description?.normalize('NFC') ?? null,
    });
  }
  const { database } = test;
  const filter = { view: 'all', q: 'чАЙ', after: null, limit: stored.length + 1 } as const;
  const found = await selectTasks(database, { id: newId(), permissions: [] }, [], filter).getMany();
  expect(found).toHaveLength(stored.length);
  const [closed] = stored.filter(({ status }) => status === 'finished');
  const reopened = query(database, `UPDATE tasks SET title = 'x' WHERE id = $1`, [closed!.id]);
  await expect(reopened).rejects.toMatchObject({
    driverError: { constraint: 'tasks_closed_stay_closed' },
  });
});

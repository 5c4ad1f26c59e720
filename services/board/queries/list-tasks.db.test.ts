import { query } from '../../shared/db/data-source';
import { newId } from '../../shared/kernel/ids';
import { startBoardDatabase, type BoardDatabase } from '../testing/board-database';
import { storeTask } from '../testing/factories';
import { listTasks, selectTasks, type TaskFilter } from './list-tasks';

const manager = { id: newId(), permissions: ['tasks.view-all'] };
const NEWEST = 20;
const LOCALE_C = `TEMPLATE template0 LOCALE 'C'`;

const BATCHES = 2;
const BATCH = 5_000;
const ADD_TASKS = `
INSERT INTO tasks (id, title, created_by, price_cents, fee_cents, reward_cents,
  request_fingerprint, created_at)
SELECT gen_random_uuid(), (ARRAY['Перекрасить', 'Измерить', 'Speed up', 'Clean'])[1 + n % 4]
  || ' ' || (ARRAY['жёрдочку', 'кормушку', 'the bell'])[1 + n / 4 % 3] || ' № ' || n,
  $1, 2000, 1000, 2000, gen_random_uuid(), now() - n * interval '1 minute'
FROM generate_series($2::integer, $3::integer) AS n`;

function lookFor(q: string): TaskFilter {
  return { view: 'all', q, after: null, limit: NEWEST };
}

describe.each([
  ['C, as the local start makes it', LOCALE_C],
  ['C.UTF-8', `TEMPLATE template0 LOCALE 'C.UTF-8'`],
  ['of ICU', `TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'tr' LOCALE 'C'`],
])('the search in a database with locale %s', (_, options) => {
  let board: BoardDatabase;
  beforeAll(async () => {
    board = await startBoardDatabase(options);
  });
  afterAll(() => board.stop());
  beforeEach(() => board.empty());

  const found = async (q: string): Promise<string[]> =>
    (await listTasks(board, manager, lookFor(q))).map(({ id }) => id);

  it.each([
    ['Latin', 'Fly higher', 'FLY'],
    ['Cyrillic', 'Перекрасить жёрдочку', 'перекрасить ЖЁРДОЧКУ'],
    ['Cyrillic, two letters', 'Перекрасить', 'ПЕ'],
    ['Greek with a sigma at the end', 'Η οδός μας', 'ΜΑΣ'],
    ['Greek with a sigma that is none', 'Η ΟΔΟΣΗΜΑΝΣΗ', 'οδοσ'],
    ['a German sharp s', 'Straße fegen', 'STRASSE'],
    ['letters i with and without a dot', 'TITLE with İ', 'title'],
    ['an accent typed apart', 'Café'.normalize('NFC'), 'CAFÉ'.normalize('NFD')],
    ['an accent stored apart', 'Café'.normalize('NFD'), 'café'.normalize('NFC')],
    ['й typed apart', 'Чай'.normalize('NFC'), 'чаЙ'.normalize('NFD')],
    ['letters of full width', 'Ｆｌｙ', 'fly'],
    ['a per cent sign', 'Fly 100% of it', '100%'],
    ['an underscore', 'snake_case', 'E_C'],
    ['a backslash', 'C:\\temp', ':\\t'],
    ['Devanagari', 'विक्रम', 'क्र'],
    ['a pair of surrogates', 'a parrot 🦜 flies', 'T 🦜 f'],
  ])('finds %s', async (__, title, q) => {
    const { id } = await storeTask(board.database, { title });
    await storeTask(board.database, { title: 'Something else' });
    expect(await found(q)).toEqual([id]);
  });

  it.each([
    ['%', 'Something'],
    ['_', 'Something'],
    ['S%g', 'Something'],
    ['Some____g', 'Something'],
    ['\\', 'Something'],
    ['enihtemos', 'Something'],
  ])('does not find by %j', async (q, title) => {
    await storeTask(board.database, { title });
    expect(await found(q)).toEqual([]);
  });

  it('finds by the Jira id, with and without what comes after it', async () => {
    const { id } = await storeTask(board.database, { jiraId: 'ПОПУГ-42', title: 'Покрасить' });
    for (const q of ['попуг-4', '[попуг-42] покрасить', 'КРАС'])
      expect(await found(q)).toEqual([id]);
  });

  it('finds by what a title became, not by what it was', async () => {
    const { id } = await storeTask(board.database, { title: 'Before' });
    await query(board.database, `UPDATE tasks SET title = 'Ёлка' WHERE id = $1`, [id]);
    expect(await found('before')).toEqual([]);
    expect(await found('ёлка')).toEqual([id]);
  });
});

describe('the search among 10 000 tasks', () => {
  let board: BoardDatabase;
  beforeAll(async () => {
    board = await startBoardDatabase(LOCALE_C);
  });
  afterAll(() => board.stop());

  it('uses the index, with locale C and letters that are no ASCII', async () => {
    for (let batch = 0; batch < BATCHES; batch += 1) {
      await board.asOwner(ADD_TASKS, [manager.id, batch * BATCH, (batch + 1) * BATCH - 1]);
    }
    await board.asOwner('ANALYZE tasks, task_texts');
    const { id } = await storeTask(board.database, { title: 'Накормить Кешу' });
    const [sql, params] = selectTasks(
      board.database,
      manager,
      [],
      lookFor('кормить кеш'),
    ).getQueryAndParameters();
    const plan = await query<{ 'QUERY PLAN': string }>(board.database, `EXPLAIN ${sql}`, params);
    const lines = plan.map((row) => row['QUERY PLAN']).join('\n');
    expect(lines).toContain('Bitmap Index Scan on task_texts_grams');
    expect(lines).not.toContain('Seq Scan');
    expect(
      (await listTasks(board, manager, lookFor('кормить кеш'))).map((task) => task.id),
    ).toEqual([id]);
  });

  it('reads a page in the order of dealing from its index', async () => {
    const all: TaskFilter = { view: 'all', sort: 'assignedAt', after: null, limit: NEWEST };
    const mine: TaskFilter = { ...all, view: 'mine' };
    for (const [filter, index] of [
      [all, 'tasks_last_dealt'],
      [{ ...all, after: { assignedAt: null, id: newId() } }, 'tasks_last_dealt'],
      [mine, 'tasks_last_dealt_to'],
    ] as const) {
      const tasks = selectTasks(board.database, manager, [], filter);
      const [sql, params] = tasks.getQueryAndParameters();
      const plan = await query<object>(board.database, `EXPLAIN ${sql}`, params);
      expect(JSON.stringify(plan)).toMatch(new RegExp(`Index Scan using ${index} on tasks`));
      expect(JSON.stringify(plan)).not.toContain('Sort');
    }
  });
});

import { query } from '../../db/data-source';
import { createLettersDatabase } from '../../../../test/support/letters-database';
import { asOwner, createTestDatabase, type TestDatabase } from '../../testing/test-database';
import { FORGET_SENT, forgetLetters } from './forget-letters';

const NOW = new Date('2026-03-02T09:00:00.000Z');

let test: TestDatabase;

beforeAll(async () => {
  test = await createTestDatabase(createLettersDatabase);
});
afterAll(() => test.drop());
afterEach(() => asOwner(test, ['DELETE FROM due_letters']));

const owe = (state: string, age: string, count = 1): Promise<unknown> =>
  query(
    test.database,
    `INSERT INTO due_letters (id, user_id, content, state, due_at, next_try_at)
     SELECT gen_random_uuid(), gen_random_uuid(), '{}', $1, '2020-01-01',
       $2::timestamptz - $3::interval FROM generate_series(1, $4)`,
    [state, NOW, age, count],
  );

it('sent letters are kept for 30 days, those given up for 180, due ones for as long as they are due', async () => {
  await owe('sent', '29 days');
  await owe('sent', '30 days', 2_500);
  await owe('failed', '179 days');
  await owe('failed', '180 days');
  await owe('due', '365 days');
  await forgetLetters(test.database, NOW);
  const sql = `SELECT state, ($1 - next_try_at)::text AS age FROM due_letters ORDER BY 1`;
  expect(await query(test.database, sql, [NOW])).toEqual([
    { state: 'due', age: '365 days' },
    { state: 'failed', age: '179 days' },
    { state: 'sent', age: '29 days' },
  ]);
});

it('what is to be forgotten is found without reading all letters', async () => {
  await owe('sent', '1 day', 5_000);
  await owe('sent', '40 days', 5);
  await asOwner(test, ['ANALYZE due_letters']);
  const plan = JSON.stringify(await query(test.database, `EXPLAIN ${FORGET_SENT}`, [NOW]));
  expect(plan).toContain('due_letters_ended');
});

import { Registry } from 'prom-client';
import { query } from '../../db/data-source';
import { createLettersDatabase } from '../../../../test/support/letters-database';
import { asOwner, createTestDatabase, type TestDatabase } from '../../testing/test-database';
import { MEASURE_LETTERS, measureLettersJob } from './measure-letters';

let test: TestDatabase;

beforeAll(async () => {
  test = await createTestDatabase(createLettersDatabase);
});
afterAll(() => test.drop());

const owe = (state: string, age: string): Promise<unknown> =>
  query(
    test.database,
    `INSERT INTO due_letters (id, user_id, content, state, due_at, next_try_at)
     VALUES (gen_random_uuid(), gen_random_uuid(), '{}', $1, now() - $2::interval, now())`,
    [state, age],
  );

it('letters are counted without reading those that were sent', async () => {
  await query(
    test.database,
    `INSERT INTO due_letters (id, user_id, content, state, due_at, next_try_at)
     SELECT gen_random_uuid(), gen_random_uuid(), '{}', 'sent', now(), now()
     FROM generate_series(1, 5000)`,
  );
  await asOwner(test, ['ANALYZE due_letters']);
  const plan = await query(test.database, `EXPLAIN ${MEASURE_LETTERS}`);
  expect(JSON.stringify(plan)).toContain('due_letters_unsent');
  expect(JSON.stringify(plan)).not.toContain('Seq Scan');
  await asOwner(test, ['DELETE FROM due_letters']);
});

it('letters are counted by what became of them, and the oldest that waits has its age', async () => {
  const registry = new Registry();
  const job = measureLettersJob(test.database, registry);
  const measured = (): Promise<string> => registry.metrics();
  await job.run();
  expect(await measured()).toMatch(/^due_letters_oldest_seconds 0$/m);
  await owe('sent', '3 days');
  await owe('failed', '2 days');
  await owe('due', '1 hour');
  await owe('due', '1 minute');
  await job.run();
  expect(await measured()).toMatch(/^due_letters\{state="due"\} 2$/m);
  expect(await measured()).toMatch(/^due_letters\{state="failed"\} 1$/m);
  expect(await measured()).toMatch(/^due_letters_oldest_seconds 36\d\d(\.\d+)?$/m);
});

import { query } from '../db/data-source';
import { createMetrics } from '../observability/metrics';
import { createMessagingDatabase } from '../../../test/support/messaging-database';
import { asOwner, createTestDatabase, type TestDatabase } from '../testing/test-database';
import { messagingJobs } from './upkeep';

const BATCH = 5_000;

let test: TestDatabase;

beforeAll(async () => {
  test = await createTestDatabase(createMessagingDatabase);
});
afterAll(() => test.drop());

async function count(table: 'inbox' | 'outbox'): Promise<number> {
  const [row] = await query<{ count: number }>(
    test.database,
    `SELECT count(*)::integer AS count FROM ${table}`,
  );
  return row!.count;
}

async function sent(events: number, age: string): Promise<void> {
  await query(
    test.database,
    `INSERT INTO outbox (id, topic, type, subject, data, occurred_at, published_at)
     SELECT uuid_v7(), 'tasks', 'x', 'x', '{}', now() - $2::interval, now() - $2::interval
     FROM generate_series(1, $1::integer)`,
    [events, age],
  );
}

async function received(events: number, age: string): Promise<void> {
  await query(
    test.database,
    `INSERT INTO inbox SELECT 'x', uuid_v7(), now() - $2::interval
     FROM generate_series(1, $1::integer)`,
    [events, age],
  );
}

it('cleaning: takes everything that is old enough, however much, and nothing else', async () => {
  await sent(2 * BATCH + 1, '8 days');
  await sent(1, '6 days');
  await query(
    test.database,
    `UPDATE outbox SET published_at = NULL WHERE id =
    (SELECT id FROM outbox WHERE published_at < now() - interval '7 days' LIMIT 1)`,
  );
  await received(2 * BATCH + 1, '31 days');
  await received(1, '29 days');
  const jobs = messagingJobs(test.database, createMetrics('tester'));
  await jobs.find(({ name }) => name === 'clean-messaging')!.run();
  expect(await count('outbox')).toBe(2);
  expect(await count('inbox')).toBe(1);
});

it('cleaning: an outbox that can’t be cleaned does not keep the inbox from it', async () => {
  await received(3, '31 days');
  await asOwner(test, ['ALTER TABLE outbox RENAME TO outbox_away']);
  const jobs = messagingJobs(test.database, createMetrics('tester'));
  const run = jobs.find(({ name }) => name === 'clean-messaging')!.run();
  await expect(run).rejects.toThrow('outbox');
  expect(await count('inbox')).toBe(1);
});

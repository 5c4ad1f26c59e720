import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { balancesOf } from '../../services/account/ledger/queries/balances';
import { moneyInvariants } from '../../services/account/proof/queries/invariants';
import { faultsOfAllTime } from '../../services/account/testing/test-books';
import type { ServiceName } from '../../services/catalogue';
import { createDataSource, query, type Database } from '../../services/shared/db/data-source';
import { migrate } from '../../services/shared/db/migrate';
import { createTestDatabase, type TestDatabase } from '../../services/shared/testing/test-database';
import { createDatabase, migrating } from '../../tools/generate/released-migrations';
import { schemaOf } from './schema';

/** Releases whose databases are kept here, with rows; one folder each. */
const releases = readdirSync(__dirname).filter((name) => /^\d+\.\d+\.\d+$/.test(name));

const TUESDAY_NOON = new Date('2026-03-03T09:00:00Z');
/** Returns the id of a kept row, from the number of its kind and its own number. */
const idOf = (kind: string, number: number): string =>
  `00000000-0000-7000-8000-${kind}0000000${number}`;
const [ACCOUNT, TASK, PAYOUT] = ['0002', '0003', '0005'] as const;

const opened: TestDatabase[] = [];

/** Creates a service's database as a release left it. */
async function left(release: string, service: ServiceName): Promise<TestDatabase> {
  const sql = readFileSync(join(__dirname, release, `${service}.sql`), 'utf8');
  const create = (url: string): Database =>
    createDataSource({ service, url, entities: [], migrations: [] });
  const test = await createTestDatabase(create, '', [sql]);
  opened.push(test);
  return test;
}

/** Creates a service's database of 0.1.0 and runs the current migrations. */
async function upgraded(service: ServiceName): Promise<Database> {
  const test = await left('0.1.0', service);
  await migrate(createDatabase[service]!(test.ownerUrl));
  return test.database;
}

const TABLES = `
SELECT relname AS table FROM pg_class
WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname <> 'migrations'`;

async function rowCounts({ database }: TestDatabase, tables: string[]): Promise<string[]> {
  const counts: string[] = [];
  for (const table of tables) {
    const [row] = await query<{ count: bigint }>(database, `SELECT count(*) FROM ${table}`);
    counts.push(`${table}: ${row!.count}`);
  }
  return counts;
}

afterEach(async () => {
  for (const test of opened.splice(0)) await test.drop();
});

describe.each(releases)('databases of %s', (release) => {
  it.each(migrating)(
    '%s: upgraded, it is as one built from nothing, and no row is lost',
    async (service) => {
      const test = await left(release, service);
      const tables = (await query<{ table: string }>(test.database, TABLES)).map(
        (row) => row.table,
      );
      const before = await rowCounts(test, tables);
      expect(before.filter((count) => count.endsWith(': 0'))).toEqual([]);
      await migrate(createDatabase[service]!(test.ownerUrl));
      expect(await rowCounts(test, tables)).toEqual(before);

      const fromNothing = await createTestDatabase(createDatabase[service]!);
      opened.push(fromNothing);
      expect(await schemaOf(test.database)).toEqual(await schemaOf(fromNothing.database));
    },
  );
});

describe('from 0.1.0', () => {
  it('account: the books are right, and a finding is hidden from the payee', async () => {
    const database = await upgraded('account');
    expect(await faultsOfAllTime({ database }, moneyInvariants)).toEqual([]);

    const ids = [1, 2, 3, 4, 5, 6].map((number) => idOf(ACCOUNT, number));
    const books = {
      database,
      now: () => Promise.resolve(TUESDAY_NOON),
      clock: () => TUESDAY_NOON,
      calendar: { timeZone: 'Europe/Moscow', cutOff: '18:00' },
      currency: 'USD',
    };
    const balances = await balancesOf(books, ids);
    // Macaw, Grey, Kesha, Gosha, Rosella, Senegal.
    expect(ids.map((each) => balances.get(each)?.balanceCents)).toEqual([
      0n,
      0n,
      -2000n,
      1250n,
      1050n,
      -1500n,
    ]);

    const attempts = await query(
      database,
      'SELECT payout_id AS payout, reason, finding FROM payout_attempts ORDER BY payout_id',
    );
    expect(attempts).toEqual([
      { payout: idOf(PAYOUT, 1), reason: null, finding: null },
      { payout: idOf(PAYOUT, 2), reason: null, finding: 'not in the bank statement of Monday' },
      { payout: idOf(PAYOUT, 3), reason: null, finding: null },
    ]);
    const resettled = query(
      database,
      `UPDATE payout_attempts SET reason = 'x' WHERE outcome = 'refused'`,
    );
    await expect(resettled).rejects.toMatchObject({
      driverError: { constraint: 'payout_attempts_settled_once' },
    });
  });

  it('board: texts are composed, closed tasks too, and every task is found', async () => {
    const database = await upgraded('board');
    const tasks = await query<Record<string, string | null>>(
      database,
      'SELECT id, jira_id, title, description, key FROM tasks JOIN task_texts ON task_id = id ORDER BY id',
    );
    expect(tasks.map(({ id }) => id)).toEqual([1, 2, 3, 4, 5, 6, 7].map((n) => idOf(TASK, n)));
    for (const text of tasks.flatMap((task) => Object.values(task))) {
      expect(text).toBe(text?.normalize('NFC') ?? null);
    }
    expect(tasks[1]).toMatchObject({ title: 'Чай для Гоши', key: '[ЧАЙ-2] ЧАЙ ДЛЯ ГОШИ' });
    const reopened = query(database, `UPDATE tasks SET title = 'x' WHERE status = 'finished'`);
    await expect(reopened).rejects.toMatchObject({
      driverError: { constraint: 'tasks_closed_stay_closed' },
    });
  });

  it('user: people keep what they had, and their looks wait to be filled in', async () => {
    const database = await upgraded('user');
    const people = await query(
      database,
      `SELECT nickname, status FROM users
       WHERE nickname_skeletons IS NULL AND NOT awaits_approval AND given_up_at IS NULL ORDER BY id`,
    );
    expect(people).toHaveLength(9);
    expect(people.slice(-2)).toEqual([
      { nickname: 'monk', status: 'deactivated' },
      { nickname: 'monk', status: 'inactive' },
    ]);
  });

  it('auth: everybody is let in as before, by hashes of texts as they were typed', async () => {
    const database = await upgraded('auth');
    const hashes = 'SELECT beak_shape_hash AS hash, prepared_hash AS prepared FROM credentials';
    expect(await query(database, `${hashes} ORDER BY user_id`)).toEqual([
      { hash: 'hash-of-admin', prepared: null },
      { hash: 'hash-of-kesha', prepared: null },
      { hash: 'hash-of-senegal', prepared: null },
    ]);
    const tokens = await query(
      database,
      'SELECT in_family AS "inFamily" FROM refresh_tokens WHERE used_at IS NULL',
    );
    expect(tokens).toEqual([{ inFamily: false }]);
  });

  it('payment: orders and their outcomes are what they were', async () => {
    const database = await upgraded('payment');
    const orders = 'SELECT amount_cents AS cents, state FROM bank_transfers ORDER BY key';
    expect(await query(database, orders)).toEqual([
      { cents: 1000n, state: 'succeeded' },
      { cents: 1250n, state: 'refused' },
      { cents: 1050n, state: 'in_progress' },
    ]);
  });
});

import pg from 'pg';
import { createTestDatabase, type TestDatabase } from '../testing/test-database';
import { createDataSource, query, type Database } from './data-source';
import { migrate } from './migrate';
import type { Migration } from './migration';

/** Milliseconds that a serving session gives statements and locks here. */
const TINY_MS = 100;

const createThings: Migration = {
  name: 'CreateThings1760000000001',
  sql: 'CREATE TABLE things (id integer)',
};
const longOne: Migration = {
  name: 'LongOne1760000000002',
  sql: 'SELECT pg_sleep(0.4)',
};
const changeThings: Migration = {
  name: 'ChangeThings1760000000003',
  sql: 'ALTER TABLE things ADD COLUMN name text',
};

function createDatabase(url: string, migrations = [createThings]): Database {
  return createDataSource({ service: 'migrate-test', url, entities: [], migrations });
}

/** The database with serving timeouts so short that a test can outlast them. */
function createImpatient(migrations: Migration[]): Database {
  const database = createDatabase(test.ownerUrl, migrations);
  const options = `-c statement_timeout=${TINY_MS} -c lock_timeout=${TINY_MS}`;
  return database.setOptions({ extra: { options } });
}

let test: TestDatabase;

beforeEach(async () => {
  test = await createTestDatabase((url) => createDatabase(url));
});
afterEach(() => test.drop());

it('a migration may take longer than a statement that serves', async () => {
  const migrating = migrate(createImpatient([createThings, longOne]));
  await expect(migrating).resolves.toEqual([longOne.name]);
});

it('two that migrate at once: one waits for the other, however long it takes', async () => {
  const migrations = [createThings, longOne];
  const both = await Promise.all([
    migrate(createImpatient(migrations)),
    migrate(createImpatient(migrations)),
  ]);
  expect(both.flat()).toEqual([longOne.name]);
});

it('a table that somebody holds: gives up soon, says so, and succeeds later', async () => {
  const holder = new pg.Client({ connectionString: test.ownerUrl });
  await holder.connect();
  try {
    await holder.query('BEGIN');
    await holder.query('LOCK TABLE things IN ACCESS SHARE MODE');
    const blocked = migrate(createImpatient([createThings, changeThings]));
    await expect(blocked).rejects.toThrow(/waited too long .* another transaction holds/);
  } finally {
    await holder.end();
  }
  expect(await migrate(createImpatient([createThings, changeThings]))).toEqual([changeThings.name]);
});

it('a migration that fails leaves nothing, and those before it stay', async () => {
  const failing: Migration = {
    name: 'Failing1760000000004',
    sql: `INSERT INTO things VALUES (1); SELECT 'x'::integer`,
  };
  await expect(migrate(createImpatient([createThings, changeThings, failing]))).rejects.toThrow();
  const owner = await createDatabase(test.ownerUrl).initialize();
  const names = await query<{ name: string }>(owner, 'SELECT name FROM migrations ORDER BY id');
  const things = await query(owner, 'SELECT * FROM things');
  await owner.destroy();
  expect(names.map(({ name }) => name)).toEqual([createThings.name, changeThings.name]);
  expect(things).toEqual([]);
});

it('migrations only go forward', async () => {
  const [made] = createDatabase(test.url).options.migrations as (new () => {
    down(): Promise<void>;
  })[];
  await expect(new made!().down()).rejects.toThrow('only go forward');
});

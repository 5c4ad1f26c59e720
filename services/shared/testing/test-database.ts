import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { testPostgresUrl } from '../config/env';
import type { Database } from '../db/data-source';
import { migrate } from '../db/migrate';

const SUFFIX_BYTES = 5;

/** Migrated database of one test. */
export interface TestDatabase {
  /** Connected as the app role, as in production. */
  database: Database;
  /** Url of the app role, for second processes and the relay. */
  url: string;
  /** Url of the owner role, for what the app role may not read or break. */
  ownerUrl: string;
  /** Disconnects, then drops database and roles. */
  drop(): Promise<void>;
}

/** Runs statements as the administrator of the test server. */
export async function asAdministrator(statements: readonly string[]): Promise<void> {
  await runAt(testPostgresUrl(), statements);
}

/** Runs statements as the owner role, for what a test must break. */
export async function asOwner(
  { ownerUrl }: Pick<TestDatabase, 'ownerUrl'>,
  statements: readonly string[],
): Promise<void> {
  await runAt(ownerUrl, statements);
}

async function runAt(connectionString: string, statements: readonly string[]): Promise<void> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}

function urlFor(user: string, password: string, name: string): string {
  const url = new URL(testPostgresUrl());
  url.username = user;
  url.password = password;
  url.pathname = `/${name}`;
  return url.toString();
}

/**
 * Creates a database with its two roles, migrates it as the owner role and connects as the app
 * role. `create` returns the service's data source; `options` are added to `CREATE DATABASE`, such
 * as a locale; `before` is SQL of an older version's database, run as the owner role.
 */
export async function createTestDatabase(
  create: (url: string) => Database,
  options = '',
  before: readonly string[] = [],
): Promise<TestDatabase> {
  const name = `test_${randomBytes(SUFFIX_BYTES).toString('hex')}`;
  const [owner, app] = [`${name}_owner`, `${name}_app`];
  const password = randomBytes(SUFFIX_BYTES).toString('hex');
  await asAdministrator([
    `CREATE ROLE ${owner} LOGIN PASSWORD '${password}'`,
    `CREATE ROLE ${app} LOGIN PASSWORD '${password}'`,
    `CREATE DATABASE ${name} OWNER ${owner} ${options}`,
  ]);
  const url = urlFor(app, password, name);
  const ownerUrl = urlFor(owner, password, name);
  await runAt(ownerUrl, before);
  await migrate(create(ownerUrl));
  const database = await create(url).initialize();
  return {
    database,
    url,
    ownerUrl,
    async drop() {
      if (database.isInitialized) await database.destroy();
      await asAdministrator([
        `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`,
        `DROP ROLE IF EXISTS ${owner}`,
        `DROP ROLE IF EXISTS ${app}`,
      ]);
    },
  };
}

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createAccountDatabase } from '../../services/account/data-source';
import { createAuthDatabase } from '../../services/auth/data-source';
import { createBoardDatabase } from '../../services/board/data-source';
import { catalogue } from '../../services/catalogue';
import { createPaymentDatabase } from '../../services/payment/data-source';
import { query, type Database } from '../../services/shared/db/data-source';
import { createTestDatabase, type TestDatabase } from '../../services/shared/testing/test-database';
import { createUserDatabase } from '../../services/user/data-source';
import { ROOT, listFiles } from '../tidy/tree';

const create: Record<string, (url: string) => Database> = {
  account: createAccountDatabase,
  auth: createAuthDatabase,
  board: createBoardDatabase,
  payment: createPaymentDatabase,
  user: createUserDatabase,
};
const PERMISSION_DENIED = '42501';
const HELPERS: Record<string, readonly string[]> = {
  appendOnly: ['UPDATE', 'DELETE'],
  neverDeleted: ['DELETE'],
};

interface Right {
  table: string;
  right: string;
}

/** Rights that a service's migrations revoke from its app role, read from their source. */
function declared(service: string): Right[] {
  const migrations = new RegExp(`^services/(${service}/migrations|shared)/.*(?<!\\.test)\\.ts$`);
  const files = listFiles().filter((path) => migrations.test(path));
  const sources = files.map((path) => readFileSync(join(ROOT, path), 'utf8'));
  return sources.flatMap((source) => [
    ...[...source.matchAll(/\b(appendOnly|neverDeleted)\('(\w+)'\)/g)].flatMap(
      ([, helper, table]) => HELPERS[helper!]!.map((right) => ({ table: table!, right })),
    ),
    ...[...source.matchAll(/\brevokeFromApp\('([^']+)', '(\w+)'\)/g)].flatMap(([, rights, table]) =>
      rights!.split(', ').map((right) => ({ table: table!, right })),
    ),
  ]);
}

/** Operations that triggers refuse for every role, from the bits of `pg_trigger.tgtype`. */
const REFUSED_BY_TRIGGERS = `
SELECT tgrelid::regclass::text AS table, right_name AS right
FROM pg_trigger
JOIN (VALUES (8, 'DELETE'), (16, 'UPDATE')) AS rights (bit, right_name) ON tgtype & bit > 0
WHERE tgfoid = to_regproc('refuse_change') AND tgtype & 1 = 0`;

const TABLES = `
SELECT relname AS table FROM pg_class
WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname <> 'migrations'`;

const A_COLUMN = `
SELECT quote_ident(column_name) AS name FROM information_schema.columns
WHERE table_schema = 'public' AND table_name = $1 AND is_generated = 'NEVER'
  AND is_identity = 'NO'
LIMIT 1`;

let test: TestDatabase;

async function statementFor({ table, right }: Right): Promise<string> {
  if (right === 'DELETE') return `DELETE FROM ${table} WHERE false`;
  if (right === 'TRUNCATE') return `TRUNCATE ${table} CASCADE`;
  const [column] = await query<{ name: string }>(test.database, A_COLUMN, [table]);
  return `UPDATE ${table} SET ${column!.name} = ${column!.name} WHERE false`;
}

/** Rights that the app role has although they were revoked. */
async function allowed(rights: readonly Right[]): Promise<string[]> {
  const found: string[] = [];
  for (const each of rights) {
    const sql = await statementFor(each);
    const refusal = await query(test.database, sql).then(
      () => 'it worked',
      (error: { code?: string }) => error.code,
    );
    if (refusal !== PERMISSION_DENIED) found.push(`${sql}: ${refusal}`);
  }
  return found;
}

it('every service with a database is looked at', () => {
  const migrating = catalogue.flatMap(({ migrates }) => migrates ?? []);
  expect(Object.keys(create).sort()).toEqual([...migrating].sort());
});

describe.each(Object.keys(create))('the role that serves %s', (service) => {
  beforeAll(async () => {
    test = await createTestDatabase(create[service]!);
  });
  afterAll(() => test.drop());

  it('may not change what the migrations protect, even where no trigger would stop it', async () => {
    const tables = await query<{ table: string }>(test.database, TABLES);
    const here = new Set(tables.map(({ table }) => table));
    const rights = [
      ...declared(service).filter(({ table }) => here.has(table)),
      ...(await query<Right>(test.database, REFUSED_BY_TRIGGERS)),
    ];
    expect(await allowed(rights)).toEqual([]);
  });

  it('may empty no table', async () => {
    const tables = await query<{ table: string }>(test.database, TABLES);
    expect(tables.length).toBeGreaterThan(0);
    expect(await allowed(tables.map(({ table }) => ({ table, right: 'TRUNCATE' })))).toEqual([]);
  });
});

it('the list is read from the migrations: the ledger is in it, and what only rights protect', () => {
  const all = ['account', 'board'].flatMap(declared).map(({ table, right }) => `${right} ${table}`);
  for (const each of ['UPDATE transfers', 'DELETE payouts', 'UPDATE assignments']) {
    expect(all).toContain(each);
  }
  expect(all).toContain('DELETE audit_log');
});

import { query } from '../../services/shared/db/data-source';
import { createTestDatabase, type TestDatabase } from '../../services/shared/testing/test-database';
import { createDatabase, migrating } from '../../tools/generate/released-migrations';

const PERMISSION_DENIED = '42501';
interface Right {
  table: string;
  right: string;
}

/** Rights that the app role lacks although no trigger refuses the operation. */
const KEPT_BY_RIGHTS: Record<string, readonly Right[]> = {
  account: [],
  auth: [],
  board: [
    { table: 'assignments', right: 'UPDATE' },
    { table: 'assignments', right: 'DELETE' },
    { table: 'distributions', right: 'UPDATE' },
    { table: 'distributions', right: 'DELETE' },
    { table: 'tasks', right: 'DELETE' },
  ],
  payment: [],
  user: [{ table: 'users', right: 'DELETE' }],
};

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

it('of every service with a database it is said what its rights alone keep', () => {
  expect(Object.keys(KEPT_BY_RIGHTS).sort()).toEqual([...migrating].sort());
});

describe.each(migrating)('the role that serves %s', (service) => {
  beforeAll(async () => {
    test = await createTestDatabase(createDatabase[service]!);
  });
  afterAll(() => test.drop());

  it('may not change what the migrations protect, even where no trigger would stop it', async () => {
    const rights = [
      ...KEPT_BY_RIGHTS[service]!,
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

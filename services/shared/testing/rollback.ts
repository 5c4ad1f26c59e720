import pg from 'pg';

const TABLES = `
SELECT quote_ident(tablename) AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY 1`;

const FAIL = `
CREATE FUNCTION fail_at_commit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'this transaction is not committed'; END $$`;

/** Returns the rows of every table. */
async function contentOf(client: pg.Client): Promise<Record<string, string[]>> {
  const content: Record<string, string[]> = {};
  for (const { name } of (await client.query<{ name: string }>(TABLES)).rows) {
    const rows = await client.query<{ line: string }>(
      `SELECT t::text AS line FROM ${name} AS t ORDER BY 1`,
    );
    content[name] = rows.rows.map(({ line }) => line);
  }
  return content;
}

/**
 * Runs a command whose transaction, because it writes `table`, fails at its commit. Expects that
 * all rows of the database are unchanged.
 */
export async function expectRolledBack(
  { ownerUrl }: { ownerUrl: string },
  table: string,
  command: () => Promise<unknown>,
): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    const before = await contentOf(client);
    await client.query(FAIL);
    await client.query(
      `CREATE CONSTRAINT TRIGGER fail_at_commit AFTER INSERT OR UPDATE OR DELETE ON ${table}
       DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION fail_at_commit()`,
    );
    await expect(command()).rejects.toThrow('this transaction is not committed');
    expect(await contentOf(client)).toEqual(before);
  } finally {
    await client.query('DROP FUNCTION IF EXISTS fail_at_commit CASCADE');
    await client.end();
  }
}

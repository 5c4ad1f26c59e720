import pg from 'pg';

/** Foreign keys first: they depend on unique constraints, which can't be dropped before. */
const REMOVE = `
DO $$
DECLARE found record;
BEGIN
  FOR found IN
    SELECT conrelid::regclass AS of_table, conname AS name FROM pg_constraint
    WHERE connamespace = 'public'::regnamespace AND contype IN ('f', 'c', 'u', 'x')
      AND conrelid <> 0 ORDER BY contype <> 'f'
  LOOP
    EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', found.of_table, found.name);
  END LOOP;
  FOR found IN
    SELECT indexrelid::regclass AS name FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid
    WHERE relnamespace = 'public'::regnamespace AND indisunique AND NOT indisprimary
  LOOP
    EXECUTE format('DROP INDEX %s', found.name);
  END LOOP;
  FOR found IN
    SELECT oid::regclass AS of_table FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
  LOOP
    EXECUTE format('ALTER TABLE %s DISABLE TRIGGER USER', found.of_table);
  END LOOP;
END $$`;

/**
 * Removes the protection of a test database's rows (constraints, unique indexes, triggers), so that
 * a test can plant invalid rows. Irreversible: afterwards only checks can be tested on the
 * database.
 */
export async function removeProtection(ownerUrl: string): Promise<void> {
  const owner = new pg.Client({ connectionString: ownerUrl });
  await owner.connect();
  try {
    await owner.query(REMOVE);
  } finally {
    await owner.end();
  }
}

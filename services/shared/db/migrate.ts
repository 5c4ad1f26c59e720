import { query, type Database } from './data-source';

/** Advisory lock key (arbitrary) that serialises migrations of one database. */
const MIGRATION_LOCK = 727_001;

/**
 * Runs the pending migrations, returns their names and closes the connection. Safe to run twice and
 * concurrently. Needs the url of the owner role.
 */
export async function migrate(database: Database): Promise<string[]> {
  await database.initialize();
  const lock = database.createQueryRunner();
  try {
    await lock.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    const applied = await database.runMigrations();
    return applied.map((migration) => migration.name);
  } finally {
    await lock.release();
    await database.destroy();
  }
}

/**
 * Returns whether every migration of this program was applied. False in an empty database: there
 * TypeORM would create its table, which the app role may not.
 */
export async function isSchemaCurrent(database: Database): Promise<boolean> {
  const [row] = await query<{ isThere: boolean }>(
    database,
    `SELECT to_regclass('migrations') IS NOT NULL AS "isThere"`,
  );
  if (!row!.isThere) return false;
  return !(await database.showMigrations());
}

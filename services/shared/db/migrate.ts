import { query, type Database } from './data-source';

/** Any number: two migrations of one database at once wait for each other. */
const MIGRATION_LOCK = 727_001;

/**
 * Brings the schema up to date and closes the connection. Safe to run twice and at once.
 * Run with the url of the role that owns the database.
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
 * True when every migration this program knows was applied. False in an empty database: TypeORM
 * would want to make its table there, which the role that serves may not.
 */
export async function isSchemaCurrent(database: Database): Promise<boolean> {
  const [row] = await query<{ isThere: boolean }>(
    database,
    `SELECT to_regclass('migrations') IS NOT NULL AS "isThere"`,
  );
  if (!row!.isThere) return false;
  return !(await database.showMigrations());
}

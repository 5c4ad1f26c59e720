import { MigrationExecutor, type QueryRunner } from 'typeorm';
import { query, type Database } from './data-source';
import { isLockTimeout } from './errors';

/** Advisory lock key (arbitrary) that serialises migrations of one database. */
const MIGRATION_LOCK = 727_001;

const LOCK_TIMEOUT =
  'A migration waited too long for a table that another transaction holds, and gave up: requests ' +
  'would have waited behind it. Run the migrations again; ' +
  'pg_stat_activity shows who holds the table for long.';

/**
 * Prepares the session that migrates. A statement has no timeout, because it takes as long as the
 * table is large, and a concurrent migration is waited for. The lock timeout of serving sessions
 * stays: every request would queue behind a migration that waits for a table.
 */
async function beginMigrating(session: QueryRunner): Promise<void> {
  await session.query('SET statement_timeout = 0');
  await session.query('SET lock_timeout = 0');
  await session.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
  await session.query('RESET lock_timeout');
}

/**
 * Runs the pending migrations, returns their names and closes the connection. Safe to run twice and
 * concurrently. Needs the url of the owner role. Throws when a migration fails or reaches the lock
 * timeout; migrations before it stay.
 */
export async function migrate(database: Database): Promise<string[]> {
  await database.initialize();
  const session = database.createQueryRunner();
  try {
    await beginMigrating(session);
    const executor = new MigrationExecutor(database, session);
    executor.transaction = 'each';
    const applied = await executor.executePendingMigrations();
    return applied.map(({ name }) => name);
  } catch (error) {
    if (isLockTimeout(error)) throw new Error(LOCK_TIMEOUT, { cause: error });
    throw error;
  } finally {
    await session.release();
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

import { query, type Database } from '../db/data-source';

const WAITING = `
SELECT count(*)::integer AS waiting FROM pg_stat_activity
WHERE datname = current_database() AND wait_event_type = 'Lock'`;

/** Returns the number of transactions in this database that wait for a lock. */
export async function locksAwaited(database: Database): Promise<number> {
  const [row] = await query<{ waiting: number }>(database, WAITING);
  return row!.waiting;
}

/** Returns whether a transaction in this database waits for a lock. */
export async function isLockAwaited(database: Database): Promise<boolean> {
  return (await locksAwaited(database)) > 0;
}

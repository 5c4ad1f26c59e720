import { query, type Database } from '../db/data-source';

const WAITING = `
SELECT FROM pg_stat_activity
WHERE datname = current_database() AND wait_event_type = 'Lock' LIMIT 1`;

/** Returns whether a transaction in this database waits for a lock. */
export async function isLockAwaited(database: Database): Promise<boolean> {
  return (await query(database, WAITING)).length > 0;
}

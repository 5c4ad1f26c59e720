import { query, type Database } from '../db/data-source';

const WAITING = `
SELECT FROM pg_stat_activity
WHERE datname = current_database() AND wait_event_type = 'Lock' LIMIT 1`;

/** True when a transaction in this database waits for a lock that another one holds. */
export async function isLockAwaited(database: Database): Promise<boolean> {
  return (await query(database, WAITING)).length > 0;
}

import type { Migration } from '../../shared/db/migration';

/**
 * Tasks in the order in which they were dealt, the never dealt ones last.
 * Built without a lock; the last of these migrations replaces an index whose build was interrupted.
 */
export const indexLastDealt: Migration = {
  name: 'IndexLastDealt1760000000008',
  transaction: false,
  sql: `
CREATE INDEX CONCURRENTLY IF NOT EXISTS tasks_last_dealt
ON tasks (coalesce(assigned_at, '-infinity') DESC, id DESC)`,
};

import type { Migration } from '../../shared/db/migration';

/**
 * Tasks finished since a moment, by person.
 * Built without a lock; the last of these migrations replaces an index whose build was interrupted.
 */
export const indexFinished: Migration = {
  name: 'IndexFinished1760000000010',
  transaction: false,
  sql: `
CREATE INDEX CONCURRENTLY IF NOT EXISTS tasks_finished
ON tasks (finished_at) INCLUDE (assignee_id) WHERE status = 'finished'`,
};

import type { Migration } from '../../shared/db/migration';

/**
 * Tasks of a person in the order in which they were dealt.
 * Built without a lock; the last of these migrations replaces an index whose build was interrupted.
 */
export const indexLastDealtTo: Migration = {
  name: 'IndexLastDealtTo1760000000009',
  transaction: false,
  sql: `
CREATE INDEX CONCURRENTLY IF NOT EXISTS tasks_last_dealt_to
ON tasks (assignee_id, coalesce(assigned_at, '-infinity') DESC, id DESC)`,
};

import type { Migration } from '../../shared/db/migration';

/**
 * BRIN instead of B-tree for the two indexes that only the retention job reads: rows arrive in the
 * order of time, and every event pays for a B-tree.
 */
export const indexByBlocks: Migration = {
  name: 'IndexByBlocks1760000000010',
  sql: `
-- The new indexes are built before the old ones are dropped: queries keep an index.
CREATE INDEX outbox_published_blocks ON outbox USING brin (published_at);
CREATE INDEX inbox_received_blocks ON inbox USING brin (received_at);
DROP INDEX outbox_published, inbox_received;
ALTER INDEX outbox_published_blocks RENAME TO outbox_published;
ALTER INDEX inbox_received_blocks RENAME TO inbox_received;
`,
};

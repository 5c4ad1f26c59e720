import type { Migration } from '../../shared/db/migration';

/**
 * The two indexes that only the cleaning reads become summaries of blocks (BRIN): rows come in the
 * order of time, and every event would pay for a better one.
 */
export const indexByBlocks: Migration = {
  name: 'IndexByBlocks1760000000010',
  sql: `
-- Built beside the old ones: nobody waits for the building to read.
CREATE INDEX outbox_published_blocks ON outbox USING brin (published_at);
CREATE INDEX inbox_received_blocks ON inbox USING brin (received_at);
DROP INDEX outbox_published, inbox_received;
ALTER INDEX outbox_published_blocks RENAME TO outbox_published;
ALTER INDEX inbox_received_blocks RENAME TO inbox_received;
`,
};

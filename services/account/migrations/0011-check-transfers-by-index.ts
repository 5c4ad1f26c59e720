import type { Migration } from '../../shared/db/migration';

/**
 * PostgreSQL caches the plan of `check_transfers` per connection, often while the ledger is small:
 * without these settings every booking would scan the whole ledger.
 */
export const checkTransfersByIndex: Migration = {
  name: 'CheckTransfersByIndex1760000000011',
  sql: `
ALTER FUNCTION check_transfers() SET enable_seqscan = off;
ALTER FUNCTION check_transfers() SET enable_hashjoin = off;
ALTER FUNCTION check_transfers() SET enable_mergejoin = off;
`,
};

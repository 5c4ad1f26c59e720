import type { Migration } from '../../shared/db/migration';

/**
 * The plan of `check_transfers` is made once per connection, often while the ledger is small, and
 * kept: without these settings it would go on to read the whole ledger for every booking.
 */
export const checkTransfersByIndex: Migration = {
  name: 'CheckTransfersByIndex1760000000011',
  sql: `
ALTER FUNCTION check_transfers() SET enable_seqscan = off;
ALTER FUNCTION check_transfers() SET enable_hashjoin = off;
ALTER FUNCTION check_transfers() SET enable_mergejoin = off;
`,
};

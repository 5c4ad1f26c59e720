import type { Migration } from '../../shared/db/migration';

/**
 * At most one return per payout. The index is built without a lock, before the ledger takes the
 * first return. An interrupted build leaves an invalid index, which the next migration replaces.
 */
export const indexReturns: Migration = {
  name: 'IndexReturns1760000000012',
  transaction: false,
  sql: `
CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS transfers_return_key ON transfers (payout_id)
WHERE kind = 'return'`,
};

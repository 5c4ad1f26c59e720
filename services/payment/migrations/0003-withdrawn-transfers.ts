import type { Migration } from '../../shared/db/migration';

/** Orders that are withdrawn before they arrive. */
export const withdrawnTransfers: Migration = {
  name: 'WithdrawnTransfers1760000000003',
  sql: `
-- withdrawn: an order taken back before it arrived; final like an outcome. The constraints have the
-- names that PostgreSQL gave them.
ALTER TABLE bank_transfers DROP CONSTRAINT bank_transfers_state_check,
  ADD CONSTRAINT bank_transfers_state_check
    CHECK (state IN ('in_progress', 'succeeded', 'refused', 'withdrawn')) NOT VALID,
  ADD CONSTRAINT bank_transfers_withdrawn_check
    CHECK (state <> 'withdrawn' OR num_nonnulls(bank_reference, reason) = 0) NOT VALID;
ALTER TABLE bank_transfers VALIDATE CONSTRAINT bank_transfers_state_check;
ALTER TABLE bank_transfers VALIDATE CONSTRAINT bank_transfers_withdrawn_check;
`,
};

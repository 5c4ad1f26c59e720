import type { Migration } from '../../shared/db/migration';

/** Checks the rows of before against the constraints of migration 13; bookings go on meanwhile. */
export const validateTransfers: Migration = {
  name: 'ValidateTransfers1760000000014',
  sql: `
ALTER TABLE transfers VALIDATE CONSTRAINT transfers_kind_check;
ALTER TABLE transfers VALIDATE CONSTRAINT transfers_payout_check;
ALTER TABLE transfers VALIDATE CONSTRAINT transfers_reversal_check;
ALTER TABLE transfers VALIDATE CONSTRAINT transfers_reason_check;
`,
};

import type { Migration } from '../../shared/db/migration';

/** Returns that a person records: those of transfers that left by file. */
export const returnsToldByPeople: Migration = {
  name: 'ReturnsToldByPeople1760000000007',
  sql: `
-- Null for a return that no statement reported: a person recorded it, the audit log names them.
ALTER TABLE returned_transfers ALTER COLUMN statement_position DROP NOT NULL;
`,
};

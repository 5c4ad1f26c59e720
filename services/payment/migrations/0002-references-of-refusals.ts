import type { Migration } from '../../shared/db/migration';

/** Lets several refusals have the same bank reference. */
export const referencesOfRefusals: Migration = {
  name: 'ReferencesOfRefusals1760000000002',
  sql: `
-- A bank reference is unique among executed transfers only: a bank may give several refusals one
-- reference, of a file or a day. The index keeps its name, which the previous version reads.
ALTER TABLE bank_transfers DROP CONSTRAINT bank_transfers_bank_reference_key;
CREATE UNIQUE INDEX bank_transfers_bank_reference_key ON bank_transfers (bank_reference)
  WHERE state = 'succeeded';
`,
};

import type { Migration } from '../../shared/db/migration';

/** Lets several refusals have the same bank reference. */
export const referencesOfRefusals: Migration = {
  name: 'ReferencesOfRefusals1760000000002',
  sql: `
-- Only what was executed has its bank reference for itself: a bank may name several refusals
-- after one thing, a file or a day. The name stays, since the code before asks for it.
ALTER TABLE bank_transfers DROP CONSTRAINT bank_transfers_bank_reference_key;
CREATE UNIQUE INDEX bank_transfers_bank_reference_key ON bank_transfers (bank_reference)
  WHERE state = 'succeeded';
`,
};

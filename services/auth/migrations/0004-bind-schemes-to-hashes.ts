import type { Migration } from '../../shared/db/migration';

/** How the text of a hash was written is bound to the hash. */
export const bindSchemesToHashes: Migration = {
  name: 'BindSchemesToHashes1760000000004',
  sql: `
-- A hash is of the prepared text when it stands here too. A version that does not know the column
-- replaces one of the two, and what it writes is taken for what it is: of the text as typed.
ALTER TABLE credentials ADD COLUMN prepared_hash text;
UPDATE credentials SET prepared_hash = beak_shape_hash WHERE scheme = 1;
ALTER TABLE credentials DROP COLUMN scheme;
`,
};

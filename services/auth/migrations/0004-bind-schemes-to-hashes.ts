import type { Migration } from '../../shared/db/migration';

/** Binds the normalisation of a text to its hash. */
export const bindSchemesToHashes: Migration = {
  name: 'BindSchemesToHashes1760000000004',
  sql: `
-- Copy of the hash when it is a hash of the normalised text. The previous version does not know the
-- column and writes only the hash; a difference means: hash of the text as typed.
ALTER TABLE credentials ADD COLUMN prepared_hash text;
UPDATE credentials SET prepared_hash = beak_shape_hash WHERE scheme = 1;
ALTER TABLE credentials DROP COLUMN scheme;
`,
};

import type { Migration } from '../../shared/db/migration';

/** Builds again, under a lock, an index of the migrations before whose build was interrupted. */
export const mendIndexes: Migration = {
  name: 'MendIndexes1760000000011',
  sql: `
DO $$
DECLARE broken regclass;
BEGIN
  FOR broken IN
    SELECT indexrelid FROM pg_index WHERE NOT indisvalid AND indrelid = 'tasks'::regclass
  LOOP
    EXECUTE format('REINDEX INDEX %s', broken);
  END LOOP;
END $$;
`,
};

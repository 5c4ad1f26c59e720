import type { Migration } from '../../shared/db/migration';

/** Index for the retention of letters. */
export const forgetLetters: Migration = {
  name: 'ForgetLetters1760000000008',
  sql: `
-- Letters that were sent or given up long ago are found without reading the others.
CREATE INDEX due_letters_ended ON due_letters (state, next_try_at) WHERE state <> 'due';
`,
};

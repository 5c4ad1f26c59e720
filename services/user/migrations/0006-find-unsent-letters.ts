import type { Migration } from '../../shared/db/migration';

/** Index of unsent letters. */
export const findUnsentLetters: Migration = {
  name: 'FindUnsentLetters1760000000006',
  sql: `
-- Gauges count unsent letters every 30 s without reading the sent ones.
CREATE INDEX due_letters_unsent ON due_letters (due_at) WHERE state <> 'sent';
`,
};

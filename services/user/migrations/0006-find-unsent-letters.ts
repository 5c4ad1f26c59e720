import type { Migration } from '../../shared/db/migration';

/** What is counted every half a minute is found without reading all letters ever sent. */
export const findUnsentLetters: Migration = {
  name: 'FindUnsentLetters1760000000006',
  sql: `
-- What the gauges count is found without reading all that were ever sent.
CREATE INDEX due_letters_unsent ON due_letters (due_at) WHERE state <> 'sent';
`,
};

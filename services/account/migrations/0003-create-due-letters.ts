import type { Migration } from '../../shared/db/migration';

/** Queue of letters. */
export const createDueLetters: Migration = {
  name: 'CreateDueLetters1760000000003',
  sql: `
-- Queue of letters: rows are written in the transaction of the change that they report. The id is
-- the idempotency key at Notify, so a retry after a crash sends no second letter.
CREATE TABLE due_letters (
  id uuid PRIMARY KEY,
  user_id uuid NOT NULL,
  -- Address, nickname and language at the time of the change; null: asked from User when the letter
  -- is sent.
  recipient jsonb,
  content jsonb NOT NULL,
  state text NOT NULL DEFAULT 'due' CHECK (state IN ('due', 'sent', 'failed')),
  due_at timestamptz NOT NULL,
  -- End of the lease while a worker sends the letter, or of the delay before the next retry.
  next_try_at timestamptz NOT NULL,
  tries integer NOT NULL DEFAULT 0
);
CREATE INDEX due_letters_due ON due_letters (next_try_at) WHERE state = 'due';
`,
};

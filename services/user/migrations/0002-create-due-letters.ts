import type { Migration } from '../../shared/db/migration';

/** Letters that changes of a person's own data owe them. */
export const createDueLetters: Migration = {
  name: 'CreateDueLetters1760000000002',
  sql: `
-- Letters that a change owes somebody, written in the transaction of the change. The id is the
-- letter's key at Notify, so a repeat after a crash is no second letter.
CREATE TABLE due_letters (
  id uuid PRIMARY KEY,
  user_id uuid NOT NULL,
  -- Address, nickname and language at the moment of the change; null where they are asked for
  -- when the letter is sent.
  recipient jsonb,
  content jsonb NOT NULL,
  state text NOT NULL DEFAULT 'due' CHECK (state IN ('due', 'sent', 'failed')),
  due_at timestamptz NOT NULL,
  -- Nobody takes the letter up before this: somebody has it, or it rests between two tries.
  next_try_at timestamptz NOT NULL,
  tries integer NOT NULL DEFAULT 0
);
CREATE INDEX due_letters_due ON due_letters (next_try_at) WHERE state = 'due';
`,
};

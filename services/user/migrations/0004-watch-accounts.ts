import type { Migration } from '../../shared/db/migration';

/** What administrators must see: who wants in, and whose beak shape was replaced by whom. */
export const watchAccounts: Migration = {
  name: 'WatchAccounts1760000000004',
  sql: `
-- Signed up where that needs an administrator's consent, and nobody has given it yet.
ALTER TABLE users ADD COLUMN awaits_approval boolean NOT NULL DEFAULT false;
ALTER TABLE users ADD CONSTRAINT users_approval CHECK (NOT awaits_approval OR status = 'inactive');
CREATE INDEX users_awaiting_approval ON users (inactive_since) WHERE awaits_approval;

-- How often people signed up from an address since a moment.
CREATE TABLE sign_ups (
  address text PRIMARY KEY,
  since timestamptz NOT NULL,
  count integer NOT NULL
);

-- Where letters went before: what happens to a person is told there too for a while.
CREATE TABLE former_emails (
  user_id uuid NOT NULL REFERENCES users,
  email text NOT NULL,
  until timestamptz NOT NULL,
  PRIMARY KEY (user_id, email)
);

-- Written before Auth is asked, so that no change goes untold when the answer is lost.
CREATE TABLE beak_shape_changes (
  id uuid PRIMARY KEY,
  user_id uuid NOT NULL REFERENCES users,
  actor_id uuid NOT NULL,
  asked_at timestamptz NOT NULL,
  state text NOT NULL DEFAULT 'asked' CHECK (state IN ('asked', 'done', 'refused', 'unclear'))
);
CREATE INDEX beak_shape_changes_asked ON beak_shape_changes (asked_at) WHERE state = 'asked';
`,
};

import type { Migration } from '../../shared/db/migration';

/** Sign-ups that wait for approval, former addresses, and replacements of beak shapes. */
export const watchAccounts: Migration = {
  name: 'WatchAccounts1760000000004',
  sql: `
-- A sign-up that waits for an administrator's approval.
ALTER TABLE users ADD COLUMN awaits_approval boolean NOT NULL DEFAULT false;
ALTER TABLE users ADD CONSTRAINT users_approval CHECK (NOT awaits_approval OR status = 'inactive');
CREATE INDEX users_awaiting_approval ON users (inactive_since) WHERE awaits_approval;

-- Sign-ups per address since the start of the window.
CREATE TABLE sign_ups (
  address text PRIMARY KEY,
  since timestamptz NOT NULL,
  count integer NOT NULL
);

-- Former email addresses: letters about changes go there too for a while.
CREATE TABLE former_emails (
  user_id uuid NOT NULL REFERENCES users,
  email text NOT NULL,
  until timestamptz NOT NULL,
  PRIMARY KEY (user_id, email)
);

-- Written before the call to Auth: a lost answer does not lose the letter.
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

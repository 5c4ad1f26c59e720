import type { Migration } from '../../shared/db/migration';

/** Groups of people with permissions, and full names of people. */
export const createGroups: Migration = {
  name: 'CreateGroups1760000000010',
  sql: `
CREATE TABLE groups (
  id uuid CONSTRAINT groups_pkey PRIMARY KEY,
  name text NOT NULL,
  -- Name in the form in which names are compared, the one of nicknames; computed by the service.
  name_key text NOT NULL CONSTRAINT groups_name_key UNIQUE,
  permissions text[] NOT NULL,
  -- Counts changes of name, permissions and members.
  version integer NOT NULL CHECK (version >= 1),
  -- Fingerprint of caller, name and permissions at creation: recognises a repeated request.
  request_fingerprint uuid NOT NULL,
  created_at timestamptz NOT NULL
);
CREATE INDEX groups_newest ON groups (created_at DESC, id DESC);

CREATE TABLE group_members (
  group_id uuid NOT NULL REFERENCES groups,
  user_id uuid NOT NULL REFERENCES users,
  PRIMARY KEY (group_id, user_id)
);
CREATE INDEX group_members_user ON group_members (user_id);

-- Permissions of all groups of the person, derived: written with each change of groups. Constant
-- defaults: no row is rewritten, and the previous version inserts rows without these columns.
ALTER TABLE users
  ADD COLUMN group_permissions text[] NOT NULL DEFAULT '{}',
  ADD COLUMN full_name text;
`,
};

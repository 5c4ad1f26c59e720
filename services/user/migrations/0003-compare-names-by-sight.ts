import type { Migration } from '../../shared/db/migration';

/** Skeletons of nicknames: new names must not look like existing ones. */
export const compareNamesBySight: Migration = {
  name: 'CompareNamesBySight1760000000003',
  sql: `
-- Skeleton of the nickname (UTS 39), computed by the service. Null in rows of the previous version:
-- a job fills them; existing names with equal skeletons stay.
ALTER TABLE users ADD COLUMN nickname_skeletons text[];
CREATE INDEX users_nickname_skeletons ON users USING gin (nickname_skeletons);
CREATE INDEX users_without_skeletons ON users (id) WHERE nickname_skeletons IS NULL;
`,
};

import type { Migration } from '../../shared/db/migration';

/** New names must not look like those that are there. */
export const compareNamesBySight: Migration = {
  name: 'CompareNamesBySight1760000000003',
  sql: `
-- What the nickname looks like, computed by the service. Null in rows of the version before: a job
-- fills them, and twins among them stay.
ALTER TABLE users ADD COLUMN nickname_skeletons text[];
CREATE INDEX users_nickname_skeletons ON users USING gin (nickname_skeletons);
CREATE INDEX users_without_skeletons ON users (id) WHERE nickname_skeletons IS NULL;
`,
};

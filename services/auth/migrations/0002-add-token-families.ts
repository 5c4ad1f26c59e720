import type { Migration } from '../../shared/db/migration';

/** Families of refresh tokens. */
export const addTokenFamilies: Migration = {
  name: 'AddTokenFamilies1760000000002',
  sql: `
-- Two tokens per family are stored: the current one and the one before it. The family secret, in
-- every token of the family, identifies older ones. Tokens issued before this migration (not
-- in_family) have no family secret: their rows stay as long as the session.
ALTER TABLE sessions
  ADD COLUMN family_hash bytea CHECK (length(family_hash) = 32);
ALTER TABLE refresh_tokens
  ADD COLUMN in_family boolean NOT NULL DEFAULT false,
  -- Derives the successor of a used token from the token: neither is stored.
  ADD COLUMN successor_salt bytea CHECK (length(successor_salt) = 32);
`,
};

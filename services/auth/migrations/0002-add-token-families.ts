import type { Migration } from '../../shared/db/migration';

/** Refresh tokens that are recognised without a row of their own. */
export const addTokenFamilies: Migration = {
  name: 'AddTokenFamilies1760000000002',
  sql: `
-- Of a family two tokens are kept: the one that serves and the one before it. Older ones are
-- recognised by the secret that all tokens of a family carry. Tokens from before (not in_family)
-- carry none: their rows stay as long as their session lives.
ALTER TABLE sessions
  ADD COLUMN family_hash bytea CHECK (length(family_hash) = 32);
ALTER TABLE refresh_tokens
  ADD COLUMN in_family boolean NOT NULL DEFAULT false,
  -- Makes the successor of a used token again from the token: neither is kept.
  ADD COLUMN successor_salt bytea CHECK (length(successor_salt) = 32);
`,
};

import type { Migration } from '../../shared/db/migration';

/**
 * Indexes for the retention of former addresses and of settled changes of beak shapes; a column
 * that distinguishes a given-up registration from a deactivated person.
 */
export const forgetWhatWasTold: Migration = {
  name: 'ForgetWhatWasTold1760000000005',
  sql: `
-- First time the address was replaced: later changes back and forth do not renew it.
ALTER TABLE former_emails ADD COLUMN since timestamptz NOT NULL DEFAULT now();
ALTER TABLE users ADD COLUMN given_up_at timestamptz;
CREATE INDEX users_given_up ON users (given_up_at) WHERE given_up_at IS NOT NULL;
DROP INDEX users_email_key, users_nickname_key;
CREATE UNIQUE INDEX users_email_key ON users (email)
  WHERE status <> 'deactivated' OR (credentials_set_at IS NOT NULL AND given_up_at IS NULL);
CREATE UNIQUE INDEX users_nickname_key ON users (nickname_key)
  WHERE status <> 'deactivated' OR (credentials_set_at IS NOT NULL AND given_up_at IS NULL);
CREATE INDEX former_emails_until ON former_emails (until);
CREATE INDEX beak_shape_changes_settled ON beak_shape_changes (asked_at) WHERE state <> 'asked';
`,
};

import type { Migration } from '../../shared/db/migration';

/**
 * Former addresses and settled changes of beak shapes end, found without reading all of them; and a
 * registration that was given up is told from a person whom somebody deactivated.
 */
export const forgetWhatWasTold: Migration = {
  name: 'ForgetWhatWasTold1760000000005',
  sql: `
-- The first time it was left: later changes back and forth do not make it a newer one.
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

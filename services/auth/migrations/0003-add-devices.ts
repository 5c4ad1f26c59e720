import type { Migration } from '../../shared/db/migration';

/** Known devices, counters of attempts, and the normalisation of hashed texts. */
export const addDevices: Migration = {
  name: 'AddDevices1760000000003',
  sql: `
-- Devices that a person has logged in with: their attempts have counters of their own.
CREATE TABLE devices (
  -- SHA-256 of the mark that the device keeps.
  mark_hash bytea NOT NULL CHECK (length(mark_hash) = 32),
  user_id uuid NOT NULL,
  last_used_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  PRIMARY KEY (mark_hash, user_id)
);
CREATE INDEX devices_of_user ON devices (user_id, last_used_at DESC);
CREATE INDEX devices_expired ON devices (expires_at);

-- Counters per login and address start again; the old rows expire within a day.
ALTER TABLE login_attempts ADD COLUMN kind text NOT NULL DEFAULT 'login'
  CHECK (kind IN ('user', 'login', 'address', 'device', 'replacement', 'row-broken'));
-- Strangers can create any number of these rows.
CREATE INDEX login_attempts_of_strangers ON login_attempts (last_at)
  WHERE kind IN ('login', 'address', 'row-broken');

-- 0: hash of the text as typed. 1: hash of the text normalised by prepareSecret.
ALTER TABLE credentials ADD COLUMN scheme smallint NOT NULL DEFAULT 0 CHECK (scheme IN (0, 1));
`,
};

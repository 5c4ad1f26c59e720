import type { Migration } from '../../shared/db/migration';

/** Known devices, counters of five kinds, and how the text of a hash was written. */
export const addDevices: Migration = {
  name: 'AddDevices1760000000003',
  sql: `
-- Browsers and programs that a person was let in with: their attempts are counted apart.
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

-- What was counted per login and address so far is counted anew; the old rows end in a day.
ALTER TABLE login_attempts ADD COLUMN kind text NOT NULL DEFAULT 'login'
  CHECK (kind IN ('user', 'login', 'address', 'device', 'replacement', 'row-broken'));
-- Rows that strangers can make as many of as they like.
CREATE INDEX login_attempts_of_strangers ON login_attempts (last_at)
  WHERE kind IN ('login', 'address', 'row-broken');

-- 0: of the text as it was typed. 1: of the text as prepareSecret writes it.
ALTER TABLE credentials ADD COLUMN scheme smallint NOT NULL DEFAULT 0 CHECK (scheme IN (0, 1));
`,
};

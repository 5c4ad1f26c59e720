import type { Migration } from '../../shared/db/migration';

/** Credentials, sessions, signing keys, and the copy of users. */
export const createAuth: Migration = {
  name: 'CreateAuth1760000000001',
  sql: `
-- Grants to the app role: read and write every table that the owner role creates, read the table
-- migrations. Statements below revoke rights to tables that must not change.
DO $$
BEGIN
  EXECUTE format('GRANT USAGE ON SCHEMA public TO %I', current_database() || '_app');
  EXECUTE format('ALTER DEFAULT PRIVILEGES IN SCHEMA public
    GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO %I', current_database() || '_app');
  EXECUTE format('ALTER DEFAULT PRIVILEGES IN SCHEMA public
    GRANT USAGE, SELECT ON SEQUENCES TO %I', current_database() || '_app');
  EXECUTE format('GRANT SELECT ON TABLE migrations TO %I', current_database() || '_app');
END $$;

-- outbox: events, written in the transaction of the change; published_at is null until the broker
-- accepted them. inbox: events that each consumer has handled. dead_letters: rejected deliveries.
-- uuid_v7(): time-ordered ids inside set-based statements (RFC 9562, section 5.7).
CREATE FUNCTION uuid_v7() RETURNS uuid LANGUAGE sql VOLATILE PARALLEL SAFE AS $$
  -- A random (version 4) uuid with the time laid over its first bytes and the version made 7.
  SELECT encode(set_bit(set_bit(
    overlay(uuid_send(gen_random_uuid())
      PLACING substring(int8send((extract(epoch FROM clock_timestamp()) * 1000)::bigint) FROM 3)
      FROM 1 FOR 6), 52, 1), 53, 1), 'hex')::uuid
$$;

CREATE TABLE outbox (
  id uuid PRIMARY KEY,
  topic text NOT NULL,
  type text NOT NULL,
  subject text NOT NULL,
  data jsonb NOT NULL,
  occurred_at timestamptz NOT NULL,
  traceparent text,
  request_id text,
  published_at timestamptz
);
CREATE INDEX outbox_pending ON outbox (id) WHERE published_at IS NULL;
CREATE INDEX outbox_published ON outbox (published_at) WHERE published_at IS NOT NULL;

CREATE TABLE inbox (
  consumer text NOT NULL,
  event_id uuid NOT NULL,
  received_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (consumer, event_id)
);
CREATE INDEX inbox_received ON inbox (received_at);

CREATE TABLE dead_letters (
  id uuid PRIMARY KEY,
  consumer text NOT NULL,
  topic text NOT NULL,
  event_id uuid,
  type text,
  payload text NOT NULL,
  error text NOT NULL,
  first_seen_at timestamptz NOT NULL DEFAULT now(),
  last_seen_at timestamptz NOT NULL DEFAULT now(),
  times_seen integer NOT NULL DEFAULT 1,
  state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'replayed', 'discarded')),
  resolved_by uuid,
  resolved_reason text,
  UNIQUE (consumer, event_id)
);

-- Copy of User's data. Names are not unique: events of two people who swap names arrive in any
-- order.
CREATE TABLE users (
  id uuid PRIMARY KEY,
  version integer NOT NULL,
  nickname text NOT NULL,
  nickname_key text NOT NULL,
  email text NOT NULL,
  role text NOT NULL,
  status text NOT NULL,
  permissions text[] NOT NULL,
  manager_id uuid,
  locale text NOT NULL,
  copied_at timestamptz NOT NULL
);
CREATE INDEX users_nickname_key ON users (nickname_key);
CREATE INDEX users_email ON users (email);

-- No foreign key to users: credentials may arrive before the event.
CREATE TABLE credentials (
  user_id uuid PRIMARY KEY,
  beak_shape_hash text NOT NULL,
  changed_at timestamptz NOT NULL
);

CREATE TABLE sessions (
  id uuid PRIMARY KEY,
  user_id uuid NOT NULL,
  address text NOT NULL,
  created_at timestamptz NOT NULL,
  last_used_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  ended_at timestamptz,
  end_reason text,
  CONSTRAINT sessions_end CHECK ((ended_at IS NULL) = (end_reason IS NULL))
);
CREATE INDEX sessions_alive ON sessions (user_id, created_at DESC, id DESC)
  WHERE ended_at IS NULL;
CREATE INDEX sessions_expired ON sessions (expires_at);

-- Refresh token family, one per session: a token is used once, and reuse ends the session.
CREATE TABLE refresh_tokens (
  token_hash bytea PRIMARY KEY CHECK (length(token_hash) = 32),
  session_id uuid NOT NULL REFERENCES sessions ON DELETE CASCADE,
  issued_at timestamptz NOT NULL,
  used_at timestamptz
);
CREATE INDEX refresh_tokens_session ON refresh_tokens (session_id);
CREATE UNIQUE INDEX refresh_tokens_unused ON refresh_tokens (session_id) WHERE used_at IS NULL;

CREATE TABLE signing_keys (
  kid text PRIMARY KEY,
  private_key text NOT NULL,
  public_jwk jsonb NOT NULL,
  -- The key is published at once and signs from this time, until the next key signs.
  signs_from timestamptz NOT NULL UNIQUE
);

CREATE TABLE login_attempts (
  -- SHA-256 of login and address: people type their beak shape into the login field.
  key bytea PRIMARY KEY CHECK (length(key) = 32),
  wrong_count integer NOT NULL CHECK (wrong_count >= 0),
  blocked_until timestamptz NOT NULL,
  last_at timestamptz NOT NULL
);
CREATE INDEX login_attempts_last ON login_attempts (last_at);
`,
};

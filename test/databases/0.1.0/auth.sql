-- auth's database of release 0.1.0, with a few rows.

-- Created by TypeORM.
CREATE TABLE "migrations" ("id" SERIAL NOT NULL, "timestamp" bigint NOT NULL,
  "name" character varying NOT NULL,
  CONSTRAINT "PK_8c82d7f526340ab734260ea46be" PRIMARY KEY ("id"));

-- CreateAuth1760000000001
DO $$
BEGIN
  EXECUTE format('GRANT USAGE ON SCHEMA public TO %I', current_database() || '_app');
  EXECUTE format('ALTER DEFAULT PRIVILEGES IN SCHEMA public
    GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO %I', current_database() || '_app');
  EXECUTE format('ALTER DEFAULT PRIVILEGES IN SCHEMA public
    GRANT USAGE, SELECT ON SEQUENCES TO %I', current_database() || '_app');
  EXECUTE format('GRANT SELECT ON TABLE migrations TO %I', current_database() || '_app');
END $$;

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

-- One family per session: each is used once, and the use of a used one ends the session.
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
  -- Published at once, used from this moment on, until a newer key is used.
  signs_from timestamptz NOT NULL UNIQUE
);

CREATE TABLE login_attempts (
  -- SHA-256 of login and address: people type secrets into the wrong field.
  key bytea PRIMARY KEY CHECK (length(key) = 32),
  wrong_count integer NOT NULL CHECK (wrong_count >= 0),
  blocked_until timestamptz NOT NULL,
  last_at timestamptz NOT NULL
);
CREATE INDEX login_attempts_last ON login_attempts (last_at);

INSERT INTO "migrations"("timestamp", "name")
  VALUES (1760000000001, 'CreateAuth1760000000001');

INSERT INTO users (id, version, nickname, nickname_key, email, role, status, permissions, locale, copied_at) VALUES
  ('00000000-0000-7000-8000-000100000001', 2, 'admin', 'admin', 'admin@popug.example', 'admin', 'active', '{}', 'ru', '2026-03-01T09:00:00Z'),
  ('00000000-0000-7000-8000-000100000004', 2, 'kesha', 'kesha', 'kesha@popug.example', 'employee', 'active', '{}', 'ru', '2026-03-01T09:00:00Z'),
  ('00000000-0000-7000-8000-000100000007', 2, 'senegal', 'senegal', 'senegal@popug.example', 'employee', 'deactivated', '{}', 'ru', '2026-03-01T09:00:00Z');
INSERT INTO credentials (user_id, beak_shape_hash, changed_at) VALUES
  ('00000000-0000-7000-8000-000100000001', 'hash-of-admin', '2026-03-01T08:30:00Z'),
  ('00000000-0000-7000-8000-000100000004', 'hash-of-kesha', '2026-03-01T08:30:00Z'),
  ('00000000-0000-7000-8000-000100000007', 'hash-of-senegal', '2026-03-01T08:30:00Z');
INSERT INTO sessions (id, user_id, address, created_at, last_used_at, expires_at, ended_at, end_reason) VALUES
  ('00000000-0000-7000-8000-000c00000001', '00000000-0000-7000-8000-000100000004', '192.0.2.1', '2026-03-02T08:00:00Z', '2026-03-02T09:00:00Z', '2026-04-01T08:00:00Z', NULL, NULL),
  ('00000000-0000-7000-8000-000c00000002', '00000000-0000-7000-8000-000100000007', '192.0.2.2', '2026-03-02T08:00:00Z', '2026-03-02T09:00:00Z', '2026-04-01T08:00:00Z', '2026-03-02T12:00:00Z', 'deactivated');
INSERT INTO refresh_tokens (token_hash, session_id, issued_at, used_at) VALUES
  ('\x0000000000000000000000000000000000000000000000000000000000000001', '00000000-0000-7000-8000-000c00000001', '2026-03-02T08:00:00Z', '2026-03-02T09:00:00Z'),
  ('\x0000000000000000000000000000000000000000000000000000000000000002', '00000000-0000-7000-8000-000c00000001', '2026-03-02T09:00:00Z', NULL);
INSERT INTO signing_keys (kid, private_key, public_jwk, signs_from) VALUES
  ('first', 'sealed', '{"kty": "OKP"}', '2026-03-01T08:00:00Z');
INSERT INTO login_attempts (key, wrong_count, blocked_until, last_at) VALUES
  ('\x0000000000000000000000000000000000000000000000000000000000000009', 3, '2026-03-02T08:05:00Z', '2026-03-02T08:04:00Z');
INSERT INTO outbox (id, topic, type, subject, data, occurred_at, published_at) VALUES
  ('00000000-0000-7000-8000-00040000012d', 'credentials', 'CredentialsSet.v1', '00000000-0000-7000-8000-000100000004', '{}', '2026-03-02T09:00:00Z', '2026-03-02T09:00:00Z');
INSERT INTO inbox (consumer, event_id, received_at) VALUES
  ('users', '00000000-0000-7000-8000-0004000000c9', '2026-03-02T09:01:00Z');
INSERT INTO dead_letters (id, consumer, topic, event_id, type, payload, error, state) VALUES
  ('00000000-0000-7000-8000-000900000001', 'users', 'users', '00000000-0000-7000-8000-0004000000c7', 'Unreadable.v1', '{}', 'not to be read', 'open');

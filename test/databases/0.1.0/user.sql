-- user's database of release 0.1.0, with a few rows.

-- Created by TypeORM.
CREATE TABLE "migrations" ("id" SERIAL NOT NULL, "timestamp" bigint NOT NULL,
  "name" character varying NOT NULL,
  CONSTRAINT "PK_8c82d7f526340ab734260ea46be" PRIMARY KEY ("id"));

-- CreateUser1760000000001
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

CREATE TABLE audit_log (
  id uuid PRIMARY KEY,
  at timestamptz NOT NULL DEFAULT now(),
  actor_id uuid,
  action text NOT NULL,
  subject text NOT NULL,
  details jsonb NOT NULL,
  request_id text
);
CREATE INDEX audit_log_newest ON audit_log (at DESC, id DESC);

DO $$
BEGIN
  EXECUTE format('REVOKE UPDATE, DELETE ON audit_log FROM %I', current_database() || '_app');
END $$;

CREATE TABLE users (
  id uuid CONSTRAINT users_pkey PRIMARY KEY,
  nickname text NOT NULL,
  -- What makes two nicknames the same; computed by the service, for all languages alike.
  nickname_key text NOT NULL,
  email text NOT NULL CHECK (email = lower(email)),
  role text NOT NULL CHECK (role IN ('employee', 'manager', 'accountant', 'admin')),
  status text NOT NULL CHECK (status IN ('inactive', 'active', 'deactivated')),
  locale text NOT NULL CHECK (locale IN ('en', 'ru')),
  manager_id uuid REFERENCES users,
  -- Granted to this person, in addition to what the role allows.
  permissions text[] NOT NULL,
  -- Only until Account has opened the account: from then on the number is Account's.
  bank_account text,
  version integer NOT NULL CHECK (version >= 1),
  -- Null for those who signed up by themselves.
  registered_by uuid,
  registered_at timestamptz NOT NULL,
  -- Without credentials, a day after this moment the registration is given up.
  inactive_since timestamptz NOT NULL,
  credentials_set_at timestamptz,
  account_opened_at timestamptz,
  -- How often Account was asked to open the account, and when to ask again.
  account_asked_times integer NOT NULL CHECK (account_asked_times >= 1),
  account_ask_due_at timestamptz NOT NULL,
  CONSTRAINT users_own_manager CHECK (manager_id <> id),
  CONSTRAINT users_activation CHECK (
    status <> 'active' OR (account_opened_at IS NOT NULL AND credentials_set_at IS NOT NULL)),
  CONSTRAINT users_bank_account CHECK (account_opened_at IS NULL OR bank_account IS NULL)
);

-- A registration that was given up leaves its email and nickname to others.
CREATE UNIQUE INDEX users_email_key ON users (email)
  WHERE status <> 'deactivated' OR credentials_set_at IS NOT NULL;
CREATE UNIQUE INDEX users_nickname_key ON users (nickname_key)
  WHERE status <> 'deactivated' OR credentials_set_at IS NOT NULL;

CREATE INDEX users_newest ON users (registered_at DESC, id DESC);
CREATE INDEX users_manager ON users (manager_id);
CREATE INDEX users_without_account ON users (account_ask_due_at)
  WHERE account_opened_at IS NULL AND status = 'inactive';
CREATE INDEX users_without_credentials ON users (inactive_since)
  WHERE credentials_set_at IS NULL AND status = 'inactive';
CREATE INDEX users_dealt_to ON users (id)
  WHERE status = 'active' AND role IN ('employee', 'accountant');

DO $$
BEGIN
  EXECUTE format('REVOKE DELETE ON users FROM %I', current_database() || '_app');
END $$;

INSERT INTO "migrations"("timestamp", "name")
  VALUES (1760000000001, 'CreateUser1760000000001');

INSERT INTO users (id, nickname, nickname_key, email, role, status, locale, manager_id, permissions, bank_account,
  version, registered_by, registered_at, inactive_since, credentials_set_at, account_opened_at,
  account_asked_times, account_ask_due_at) VALUES
  ('00000000-0000-7000-8000-000100000001', 'admin', 'admin', 'admin@popug.example', 'admin', 'active', 'ru', NULL, '{}', NULL, 2, NULL, '2026-03-01T08:00:00Z', '2026-03-01T08:00:00Z', '2026-03-01T08:30:00Z', '2026-03-01T09:00:00Z', 1, '2026-03-01T08:01:00Z'),
  ('00000000-0000-7000-8000-000100000002', 'macaw', 'macaw', 'macaw@popug.example', 'manager', 'active', 'ru', NULL, '{}', NULL, 2, '00000000-0000-7000-8000-000100000001', '2026-03-01T08:00:00Z', '2026-03-01T08:00:00Z', '2026-03-01T08:30:00Z', '2026-03-01T09:00:00Z', 1, '2026-03-01T08:01:00Z'),
  ('00000000-0000-7000-8000-000100000003', 'grey', 'grey', 'grey@popug.example', 'accountant', 'active', 'ru', NULL, '{}', NULL, 2, '00000000-0000-7000-8000-000100000001', '2026-03-01T08:00:00Z', '2026-03-01T08:00:00Z', '2026-03-01T08:30:00Z', '2026-03-01T09:00:00Z', 1, '2026-03-01T08:01:00Z'),
  ('00000000-0000-7000-8000-000100000004', 'kesha', 'kesha', 'kesha@popug.example', 'employee', 'active', 'ru', '00000000-0000-7000-8000-000100000002', '{}', NULL, 2, '00000000-0000-7000-8000-000100000001', '2026-03-01T08:00:00Z', '2026-03-01T08:00:00Z', '2026-03-01T08:30:00Z', '2026-03-01T09:00:00Z', 1, '2026-03-01T08:01:00Z'),
  ('00000000-0000-7000-8000-000100000005', 'gosha', 'gosha', 'gosha@popug.example', 'employee', 'active', 'en', '00000000-0000-7000-8000-000100000002', '{}', NULL, 2, '00000000-0000-7000-8000-000100000001', '2026-03-01T08:00:00Z', '2026-03-01T08:00:00Z', '2026-03-01T08:30:00Z', '2026-03-01T09:00:00Z', 1, '2026-03-01T08:01:00Z'),
  ('00000000-0000-7000-8000-000100000006', 'rosella', 'rosella', 'rosella@popug.example', 'employee', 'active', 'ru', '00000000-0000-7000-8000-000100000002', '{}', NULL, 2, '00000000-0000-7000-8000-000100000001', '2026-03-01T08:00:00Z', '2026-03-01T08:00:00Z', '2026-03-01T08:30:00Z', '2026-03-01T09:00:00Z', 1, '2026-03-01T08:01:00Z'),
  ('00000000-0000-7000-8000-000100000007', 'senegal', 'senegal', 'senegal@popug.example', 'employee', 'deactivated', 'ru', '00000000-0000-7000-8000-000100000002', '{}', NULL, 2, '00000000-0000-7000-8000-000100000001', '2026-03-01T08:00:00Z', '2026-03-01T08:00:00Z', '2026-03-01T08:30:00Z', '2026-03-01T09:00:00Z', 1, '2026-03-01T08:01:00Z'),
  -- Given up without credentials, and registered once more under the same names.
  ('00000000-0000-7000-8000-000100000008', 'monk', 'monk', 'monk@popug.example', 'employee', 'deactivated', 'ru', NULL, '{}', '40817810500000000016', 2, NULL, '2026-03-01T08:00:00Z', '2026-03-01T08:00:00Z', NULL, NULL, 1, '2026-03-01T08:01:00Z'),
  ('00000000-0000-7000-8000-000100000009', 'monk', 'monk', 'monk@popug.example', 'employee', 'inactive', 'ru', NULL, '{}', '40817810500000000016', 2, NULL, '2026-03-01T08:00:00Z', '2026-03-01T08:00:00Z', NULL, NULL, 1, '2026-03-01T08:01:00Z');
INSERT INTO audit_log (id, at, actor_id, action, subject, details) VALUES
  ('00000000-0000-7000-8000-00080000000b', '2026-03-02T12:00:00Z', '00000000-0000-7000-8000-000100000001', 'user.deactivated', '00000000-0000-7000-8000-000100000007', '{}');
INSERT INTO outbox (id, topic, type, subject, data, occurred_at, published_at) VALUES
  ('00000000-0000-7000-8000-0004000000c9', 'users', 'UserCreated.v1', '00000000-0000-7000-8000-000100000004', '{}', '2026-03-02T09:00:00Z', '2026-03-02T09:00:00Z'),
  ('00000000-0000-7000-8000-0004000000ca', 'users', 'UserDeactivated.v1', '00000000-0000-7000-8000-000100000007', '{}', '2026-03-02T09:00:00Z', NULL);
INSERT INTO inbox (consumer, event_id, received_at) VALUES
  ('accounts', '00000000-0000-7000-8000-000400000001', '2026-03-02T09:01:00Z');
INSERT INTO dead_letters (id, consumer, topic, event_id, type, payload, error, state) VALUES
  ('00000000-0000-7000-8000-000900000001', 'accounts', 'accounts', '00000000-0000-7000-8000-0004000000c7', 'Unreadable.v1', '{}', 'not to be read', 'open');

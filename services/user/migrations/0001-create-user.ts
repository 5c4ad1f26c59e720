import type { Migration } from '../../shared/db/migration';

/** Users and their activation. Users are never deleted. */
export const createUser: Migration = {
  name: 'CreateUser1760000000001',
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

-- Audit log: one row per change of rights or money.
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
  -- Nickname in the form in which nicknames are compared; computed by the service.
  nickname_key text NOT NULL,
  email text NOT NULL CHECK (email = lower(email)),
  role text NOT NULL CHECK (role IN ('employee', 'manager', 'accountant', 'admin')),
  status text NOT NULL CHECK (status IN ('inactive', 'active', 'deactivated')),
  locale text NOT NULL CHECK (locale IN ('en', 'ru')),
  manager_id uuid REFERENCES users,
  -- Permissions of the person, in addition to those of the role.
  permissions text[] NOT NULL,
  -- Null once Account has opened the account: Account owns the number from then on.
  bank_account text,
  version integer NOT NULL CHECK (version >= 1),
  -- Null: signed up.
  registered_by uuid,
  registered_at timestamptz NOT NULL,
  -- A registration without credentials is given up one day after this time.
  inactive_since timestamptz NOT NULL,
  credentials_set_at timestamptz,
  account_opened_at timestamptz,
  -- Number of requests to Account to open the account, and time of the next one.
  account_asked_times integer NOT NULL CHECK (account_asked_times >= 1),
  account_ask_due_at timestamptz NOT NULL,
  CONSTRAINT users_own_manager CHECK (manager_id <> id),
  CONSTRAINT users_activation CHECK (
    status <> 'active' OR (account_opened_at IS NOT NULL AND credentials_set_at IS NOT NULL)),
  CONSTRAINT users_bank_account CHECK (account_opened_at IS NULL OR bank_account IS NULL)
);

-- Email and nickname of a given-up registration are free for others.
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
`,
};

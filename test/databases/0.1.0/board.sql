-- board's database of release 0.1.0, with a few rows.

-- Created by TypeORM.
CREATE TABLE "migrations" ("id" SERIAL NOT NULL, "timestamp" bigint NOT NULL,
  "name" character varying NOT NULL,
  CONSTRAINT "PK_8c82d7f526340ab734260ea46be" PRIMARY KEY ("id"));

-- CreateBoard1760000000001
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

CREATE TABLE tasks (
  id uuid PRIMARY KEY,
  jira_id text CHECK (jira_id <> ''),
  title text NOT NULL CHECK (title <> '' AND title !~ '[][]'),
  description text,
  status text NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'finished', 'cancelled')),
  assignee_id uuid,
  assignment_number integer NOT NULL DEFAULT 0 CHECK (assignment_number >= 0),
  created_by uuid NOT NULL,
  price_cents bigint NOT NULL CHECK (price_cents > 0),
  fee_cents bigint NOT NULL CHECK (fee_cents >= 0),
  reward_cents bigint NOT NULL CHECK (reward_cents >= 0),
  request_fingerprint uuid NOT NULL,
  created_at timestamptz(3) NOT NULL,
  finished_at timestamptz(3),
  version integer NOT NULL DEFAULT 1 CHECK (version > 0),
  CONSTRAINT tasks_finished_at_iff_finished CHECK ((status = 'finished') = (finished_at IS NOT NULL)),
  CONSTRAINT tasks_assignee_iff_dealt CHECK ((assignee_id IS NOT NULL) = (assignment_number > 0)),
  CONSTRAINT tasks_finished_by_assignee CHECK (status <> 'finished' OR assignee_id IS NOT NULL)
);
CREATE INDEX tasks_newest ON tasks (created_at DESC, id DESC);
CREATE INDEX tasks_of_assignee ON tasks (assignee_id, created_at DESC, id DESC);
CREATE INDEX tasks_of_creator ON tasks (created_by, created_at DESC, id DESC);
CREATE INDEX tasks_open ON tasks (id) WHERE status = 'open';

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% of % is refused: what was recorded stays', TG_OP, TG_TABLE_NAME
    USING ERRCODE = 'restrict_violation', CONSTRAINT = TG_NAME;
END $$;
CREATE TRIGGER tasks_origin_is_fixed BEFORE UPDATE ON tasks FOR EACH ROW
WHEN ((OLD.id, OLD.created_by, OLD.created_at, OLD.request_fingerprint)
  IS DISTINCT FROM (NEW.id, NEW.created_by, NEW.created_at, NEW.request_fingerprint))
EXECUTE FUNCTION refuse_change();

CREATE TRIGGER tasks_price_is_fixed BEFORE UPDATE ON tasks FOR EACH ROW
WHEN ((OLD.price_cents, OLD.fee_cents, OLD.reward_cents)
  IS DISTINCT FROM (NEW.price_cents, NEW.fee_cents, NEW.reward_cents))
EXECUTE FUNCTION refuse_change();

CREATE TRIGGER tasks_closed_stay_closed BEFORE UPDATE ON tasks FOR EACH ROW
WHEN (OLD.status <> 'open')
EXECUTE FUNCTION refuse_change();

CREATE TABLE distributions (
  position bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
  id uuid PRIMARY KEY,
  scope text NOT NULL CHECK (scope IN ('unassigned', 'open')),
  pressed_by uuid NOT NULL,
  pressed_at timestamptz(3) NOT NULL,
  task_count integer NOT NULL CHECK (task_count >= 0),
  people jsonb NOT NULL CHECK (jsonb_typeof(people) = 'array')
);

CREATE TABLE assignments (
  task_id uuid NOT NULL REFERENCES tasks,
  number integer NOT NULL CHECK (number > 0),
  user_id uuid NOT NULL,
  distribution_id uuid REFERENCES distributions,
  assigned_at timestamptz(3) NOT NULL,
  PRIMARY KEY (task_id, number)
);

DO $$
BEGIN
  EXECUTE format('REVOKE DELETE ON tasks FROM %I', current_database() || '_app');
END $$;

DO $$
BEGIN
  EXECUTE format('REVOKE UPDATE, DELETE ON distributions FROM %I', current_database() || '_app');
END $$;

DO $$
BEGIN
  EXECUTE format('REVOKE UPDATE, DELETE ON assignments FROM %I', current_database() || '_app');
END $$;

INSERT INTO "migrations"("timestamp", "name")
  VALUES (1760000000001, 'CreateBoard1760000000001');

-- Titles as different keyboards write them: й and ё are one character or two.
INSERT INTO tasks (id, jira_id, title, description, status, assignee_id, assignment_number, created_by,
  price_cents, fee_cents, reward_cents, request_fingerprint, created_at, finished_at, version) VALUES
  ('00000000-0000-7000-8000-000300000001', 'TEA-1', 'Чай для Кеши', NULL, 'finished', '00000000-0000-7000-8000-000100000004', 1, '00000000-0000-7000-8000-000100000002', 2000, 1000, 2000, '00000000-0000-7000-8000-000b00000001', '2026-03-02T08:00:00Z', '2026-03-02T10:30:00Z', 3),
  ('00000000-0000-7000-8000-000300000002', 'ЧАЙ-2', 'Чай для Гоши', 'Зелёный', 'finished', '00000000-0000-7000-8000-000100000005', 1, '00000000-0000-7000-8000-000100000002', 2500, 1250, 2500, '00000000-0000-7000-8000-000b00000002', '2026-03-02T08:00:00Z', '2026-03-02T10:31:00Z', 3),
  ('00000000-0000-7000-8000-000300000003', NULL, 'Polish the mirror', 'in the big cage', 'open', '00000000-0000-7000-8000-000100000007', 1, '00000000-0000-7000-8000-000100000002', 3000, 1500, 3000, '00000000-0000-7000-8000-000b00000003', '2026-03-02T08:00:00Z', NULL, 2),
  ('00000000-0000-7000-8000-000300000004', NULL, 'Café au lait', NULL, 'finished', '00000000-0000-7000-8000-000100000006', 1, '00000000-0000-7000-8000-000100000002', 2100, 1050, 2100, '00000000-0000-7000-8000-000b00000004', '2026-03-02T08:00:00Z', '2026-03-02T10:32:00Z', 3),
  ('00000000-0000-7000-8000-000300000005', 'SEED-5', 'Count the seeds', NULL, 'open', '00000000-0000-7000-8000-000100000004', 2, '00000000-0000-7000-8000-000100000002', 4000, 2000, 4000, '00000000-0000-7000-8000-000b00000005', '2026-03-02T08:00:00Z', NULL, 3),
  ('00000000-0000-7000-8000-000300000006', NULL, 'Ёлка', NULL, 'cancelled', NULL, 0, '00000000-0000-7000-8000-000100000002', 2000, 1000, 2000, '00000000-0000-7000-8000-000b00000006', '2026-03-02T08:00:00Z', NULL, 2),
  ('00000000-0000-7000-8000-000300000007', NULL, 'Sweep the floor', NULL, 'open', NULL, 0, '00000000-0000-7000-8000-000100000002', 2000, 1000, 2000, '00000000-0000-7000-8000-000b00000007', '2026-03-02T08:00:00Z', NULL, 1);
INSERT INTO distributions (id, scope, pressed_by, pressed_at, task_count, people) VALUES
  ('00000000-0000-7000-8000-000a00000001', 'unassigned', '00000000-0000-7000-8000-000100000002', '2026-03-02T09:30:00Z', 4, '["00000000-0000-7000-8000-000100000004", "00000000-0000-7000-8000-000100000005"]');
INSERT INTO assignments (task_id, number, user_id, distribution_id, assigned_at) VALUES
  ('00000000-0000-7000-8000-000300000001', 1, '00000000-0000-7000-8000-000100000004', '00000000-0000-7000-8000-000a00000001', '2026-03-02T09:30:00Z'),
  ('00000000-0000-7000-8000-000300000002', 1, '00000000-0000-7000-8000-000100000005', '00000000-0000-7000-8000-000a00000001', '2026-03-02T09:30:00Z'),
  ('00000000-0000-7000-8000-000300000003', 1, '00000000-0000-7000-8000-000100000007', '00000000-0000-7000-8000-000a00000001', '2026-03-02T09:30:00Z'),
  ('00000000-0000-7000-8000-000300000004', 1, '00000000-0000-7000-8000-000100000006', '00000000-0000-7000-8000-000a00000001', '2026-03-02T09:30:00Z'),
  ('00000000-0000-7000-8000-000300000005', 1, '00000000-0000-7000-8000-000100000003', NULL, '2026-03-02T09:30:00Z'),
  ('00000000-0000-7000-8000-000300000005', 2, '00000000-0000-7000-8000-000100000004', NULL, '2026-03-03T09:30:00Z');
INSERT INTO outbox (id, topic, type, subject, data, occurred_at, published_at) VALUES
  ('00000000-0000-7000-8000-000400000065', 'tasks', 'TaskAssigned.v1', '00000000-0000-7000-8000-000300000001', '{}', '2026-03-02T09:00:00Z', '2026-03-02T09:31:00Z'),
  ('00000000-0000-7000-8000-00040000006d', 'tasks', 'TaskAssigned.v1', '00000000-0000-7000-8000-000300000005', '{}', '2026-03-02T09:00:00Z', NULL);
INSERT INTO inbox (consumer, event_id, received_at) VALUES
  ('users', '00000000-0000-7000-8000-0004000000c9', '2026-03-02T09:01:00Z');
INSERT INTO dead_letters (id, consumer, topic, event_id, type, payload, error, state) VALUES
  ('00000000-0000-7000-8000-000900000001', 'users', 'users', '00000000-0000-7000-8000-0004000000c7', 'Unreadable.v1', '{}', 'not to be read', 'open');

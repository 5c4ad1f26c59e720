import type { Migration } from '../../shared/db/migration';

/** Tasks, assignments, distributions and the tables of messaging. */
export const createBoard: Migration = {
  name: 'CreateBoard1760000000001',
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

-- Times in milliseconds, because cursors carry them as JavaScript dates.
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

-- Origin and price of a task never change; a finished or cancelled task is never updated.
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

-- position is the order of distributions: only one runs at a time.
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
`,
};

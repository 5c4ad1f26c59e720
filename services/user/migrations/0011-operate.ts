import type { Migration } from '../../shared/db/migration';

/** Audit log, resolution of dead letters, and the state of reconciliation. */
export const operate: Migration = {
  name: 'Operate1760000000011',
  sql: `
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% of % is refused: what was recorded stays', TG_OP, TG_TABLE_NAME
    USING ERRCODE = 'restrict_violation', CONSTRAINT = TG_NAME;
END $$;

CREATE INDEX audit_log_by_actor ON audit_log (actor_id, at DESC, id DESC);
CREATE INDEX audit_log_by_subject ON audit_log (subject, at DESC, id DESC);
CREATE INDEX audit_log_by_action ON audit_log (action, at DESC, id DESC);
-- For every role, also the owner: what was recorded stays.
CREATE TRIGGER audit_log_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_log
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Open dead letters are few; the index is for the list and for "all open of a type".
ALTER TABLE dead_letters ADD COLUMN resolved_at timestamptz;
CREATE INDEX dead_letters_open ON dead_letters (type, last_seen_at, id) WHERE state = 'open';

-- Reconciliation of events, one row per consumer: events whose id is from before the watermark were
-- all received. leased_until keeps other replicas from running at the same time.
CREATE TABLE event_reconciliations (
  consumer text PRIMARY KEY,
  watermark timestamptz NOT NULL,
  leased_until timestamptz NOT NULL DEFAULT '-infinity',
  last_run_at timestamptz,
  last_success_at timestamptz,
  last_full_at timestamptz NOT NULL DEFAULT now(),
  found bigint NOT NULL DEFAULT 0,
  last_error text
);

-- Published events that the consumer has not received; a row goes when its event arrives.
CREATE TABLE missing_events (
  consumer text NOT NULL,
  event_id uuid NOT NULL,
  producer text NOT NULL,
  found_at timestamptz NOT NULL DEFAULT now(),
  times_resent integer NOT NULL DEFAULT 0,
  next_resend_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (consumer, event_id)
);

-- Reconciliations that an operator asked for. A row without an end is run by whichever process
-- holds its lease.
CREATE TABLE reconciliations (
  id uuid PRIMARY KEY,
  requested_at timestamptz NOT NULL DEFAULT now(),
  leased_until timestamptz NOT NULL DEFAULT '-infinity',
  finished_at timestamptz,
  results jsonb
);
CREATE INDEX reconciliations_waiting ON reconciliations (requested_at) WHERE finished_at IS NULL;
`,
};

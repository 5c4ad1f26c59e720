import type { Migration } from '../../shared/db/migration';

/** Audit log, and the resolution of dead letters. */
export const operate: Migration = {
  name: 'Operate1760000000012',
  sql: `
-- Audit log: one row per change of rights or money, or of something that an operator resolved.
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
CREATE INDEX audit_log_by_actor ON audit_log (actor_id, at DESC, id DESC);
CREATE INDEX audit_log_by_subject ON audit_log (subject, at DESC, id DESC);
CREATE INDEX audit_log_by_action ON audit_log (action, at DESC, id DESC);
-- For every role, also the owner: what was recorded stays.
CREATE TRIGGER audit_log_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_log
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

DO $$
BEGIN
  EXECUTE format('REVOKE UPDATE, DELETE ON audit_log FROM %I', current_database() || '_app');
END $$;

-- Open dead letters are few; the index is for the list and for "all open of a type".
ALTER TABLE dead_letters ADD COLUMN resolved_at timestamptz;
CREATE INDEX dead_letters_open ON dead_letters (type, last_seen_at, id) WHERE state = 'open';
`,
};

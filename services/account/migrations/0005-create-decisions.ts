import type { Migration } from '../../shared/db/migration';

/** Idempotency records of decisions. */
export const createDecisions: Migration = {
  name: 'CreateDecisions1760000000005',
  sql: `
-- Idempotency records of decisions: a repeated request gets the recorded answer and changes
-- nothing. The id is derived from caller, target and Idempotency-Key.
CREATE TABLE decisions (
  id uuid PRIMARY KEY,
  actor_id uuid NOT NULL,
  target text NOT NULL,
  -- Fingerprint of the request: the same key with another request is refused with 422.
  request jsonb NOT NULL,
  -- text, not jsonb: a repeat gets the same bytes.
  answer json NOT NULL,
  decided_at timestamptz NOT NULL DEFAULT now()
);
CREATE TRIGGER decisions_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON decisions
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

DO $$
BEGIN
  EXECUTE format('REVOKE UPDATE, DELETE ON decisions FROM %I', current_database() || '_app');
END $$;
`,
};

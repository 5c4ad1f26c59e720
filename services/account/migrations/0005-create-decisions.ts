import type { Migration } from '../../shared/db/migration';

/** Decisions that bear repetition. */
export const createDecisions: Migration = {
  name: 'CreateDecisions1760000000005',
  sql: `
-- What was answered to each decision of a person: a repeat is answered the same and decides
-- nothing. The id says who asked, for what, and with which Idempotency-Key.
CREATE TABLE decisions (
  id uuid PRIMARY KEY,
  actor_id uuid NOT NULL,
  target text NOT NULL,
  -- What was asked, besides the target: the same key with another request is a mistake.
  request jsonb NOT NULL,
  -- As it was written, in its order: a repeat gets the same bytes.
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

import type { Migration } from '../../shared/db/migration';

/** Proven days, and changes of payouts since. */
export const createProofs: Migration = {
  name: 'CreateProofs1760000000006',
  sql: `
-- Closed days whose invariants were checked from their rows. proven_at is the start of the check:
-- later changes are not covered.
CREATE TABLE proven_days (
  day date PRIMARY KEY REFERENCES business_days,
  proven_at timestamptz NOT NULL
);
CREATE TRIGGER proven_days_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON proven_days
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

DO $$
BEGIN
  EXECUTE format('REVOKE UPDATE, DELETE ON proven_days FROM %I', current_database() || '_app');
END $$;

-- Payouts of a proven day may still change; changed_at selects those to check again.
ALTER TABLE payouts ADD COLUMN changed_at timestamptz NOT NULL DEFAULT '-infinity';
ALTER TABLE payouts ALTER COLUMN changed_at SET DEFAULT now();
CREATE INDEX payouts_changed ON payouts (changed_at);

CREATE FUNCTION note_payout_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.changed_at = now();
  RETURN NEW;
END $$;
CREATE TRIGGER payouts_note_change BEFORE UPDATE ON payouts FOR EACH ROW
WHEN (OLD.state IS DISTINCT FROM NEW.state) EXECUTE FUNCTION note_payout_change();
`,
};

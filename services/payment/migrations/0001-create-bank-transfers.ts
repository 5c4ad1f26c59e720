import type { Migration } from '../../shared/db/migration';

export const createBankTransfers: Migration = {
  name: 'CreateBankTransfers1760000000001',
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

-- Bank transfers: one row per idempotency key, for ever.
--
-- - attempts counts claims; the first one sends, later ones ask the bank first.
-- - next_ask_at is the end of the lease during a call to the bank, or of the delay before a retry.
-- - fault is the last attempt's unclear answer; flagged_at is the time of the first invalid answer,
--   which an alert reports.
CREATE TABLE bank_transfers (
  key uuid PRIMARY KEY,
  amount_cents bigint NOT NULL CHECK (amount_cents > 0),
  currency text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
  bank_account text NOT NULL,
  state text NOT NULL DEFAULT 'in_progress'
    CHECK (state IN ('in_progress', 'succeeded', 'refused')),
  bank_reference text CONSTRAINT bank_transfers_bank_reference_key UNIQUE,
  reason text,
  attempts integer NOT NULL DEFAULT 0,
  next_ask_at timestamptz NOT NULL,
  fault text,
  flagged_at timestamptz,
  created_at timestamptz NOT NULL,
  settled_at timestamptz,
  CHECK ((state = 'in_progress') = (settled_at IS NULL)),
  CHECK (state <> 'in_progress' OR num_nonnulls(bank_reference, reason) = 0),
  CHECK (state <> 'succeeded' OR (bank_reference IS NOT NULL AND reason IS NULL)),
  CHECK (state <> 'refused' OR reason IS NOT NULL)
);
CREATE INDEX bank_transfers_due ON bank_transfers (next_ask_at) WHERE state = 'in_progress';

-- For every role, also the owner: an order never changes, and an outcome is final.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% of % is refused: what was recorded stays', TG_OP, TG_TABLE_NAME
    USING ERRCODE = 'restrict_violation', CONSTRAINT = TG_NAME;
END $$;
CREATE TRIGGER bank_transfers_final BEFORE UPDATE ON bank_transfers FOR EACH ROW
WHEN (OLD.state <> 'in_progress'
  OR (NEW.key, NEW.amount_cents, NEW.currency, NEW.bank_account, NEW.created_at)
    IS DISTINCT FROM
    (OLD.key, OLD.amount_cents, OLD.currency, OLD.bank_account, OLD.created_at))
EXECUTE FUNCTION refuse_change();
CREATE TRIGGER bank_transfers_stay BEFORE DELETE OR TRUNCATE ON bank_transfers
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

DO $$
BEGIN
  EXECUTE format('REVOKE DELETE ON bank_transfers FROM %I', current_database() || '_app');
END $$;
`,
};

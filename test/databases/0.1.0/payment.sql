-- payment's database of release 0.1.0, with a few rows.

-- Created by TypeORM.
CREATE TABLE "migrations" ("id" SERIAL NOT NULL, "timestamp" bigint NOT NULL,
  "name" character varying NOT NULL,
  CONSTRAINT "PK_8c82d7f526340ab734260ea46be" PRIMARY KEY ("id"));

-- CreateBankTransfers1760000000001
DO $$
BEGIN
  EXECUTE format('GRANT USAGE ON SCHEMA public TO %I', current_database() || '_app');
  EXECUTE format('ALTER DEFAULT PRIVILEGES IN SCHEMA public
    GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO %I', current_database() || '_app');
  EXECUTE format('ALTER DEFAULT PRIVILEGES IN SCHEMA public
    GRANT USAGE, SELECT ON SEQUENCES TO %I', current_database() || '_app');
  EXECUTE format('GRANT SELECT ON TABLE migrations TO %I', current_database() || '_app');
END $$;

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

INSERT INTO "migrations"("timestamp", "name")
  VALUES (1760000000001, 'CreateBankTransfers1760000000001');

INSERT INTO bank_transfers (key, amount_cents, currency, bank_account, state, bank_reference, reason, attempts,
  next_ask_at, created_at, settled_at) VALUES
  ('00000000-0000-7000-8000-000600000001', 1000, 'USD', '40817810500000000020', 'succeeded', 'SB-000001', NULL, 1, '2026-03-02T15:05:00Z', '2026-03-02T15:02:00Z', '2026-03-02T15:03:00Z'),
  ('00000000-0000-7000-8000-000600000002', 1250, 'USD', '40817810500000000021', 'refused', 'SB-000002', 'account closed', 1, '2026-03-02T15:05:00Z', '2026-03-02T15:02:00Z', '2026-03-02T15:03:00Z'),
  ('00000000-0000-7000-8000-000600000003', 1050, 'USD', '40817810500000000022', 'in_progress', NULL, NULL, 1, '2026-03-02T15:05:00Z', '2026-03-02T15:02:00Z', NULL);

import type { Migration } from '../../shared/db/migration';

/** Rails by transfer, payment files for operators. */
export const railsAndFiles: Migration = {
  name: 'RailsAndFiles1760000000004',
  sql: `
-- - rail is chosen when the order arrives: a changed setting moves no order to another rail.
-- - business_day and creditor_name are null for orders of callers that do not send them.
-- - waiting_for: the rail accepted the order, and the outcome comes from this party. next_ask_at is
--   infinity, so no process claims the transfer.
ALTER TABLE bank_transfers
  ADD COLUMN rail text NOT NULL DEFAULT 'bank',
  ADD COLUMN business_day date,
  ADD COLUMN creditor_name text,
  ADD COLUMN waiting_for text CHECK (waiting_for IN ('operator'));

DROP TRIGGER bank_transfers_final ON bank_transfers;
CREATE TRIGGER bank_transfers_final BEFORE UPDATE ON bank_transfers FOR EACH ROW
WHEN (OLD.state <> 'in_progress'
  OR (NEW.key, NEW.amount_cents, NEW.currency, NEW.bank_account, NEW.created_at, NEW.rail,
      NEW.business_day, NEW.creditor_name)
    IS DISTINCT FROM
    (OLD.key, OLD.amount_cents, OLD.currency, OLD.bank_account, OLD.created_at, OLD.rail,
      OLD.business_day, OLD.creditor_name))
EXECUTE FUNCTION refuse_change();

CREATE INDEX bank_transfers_for_files ON bank_transfers (business_day, currency, created_at, key)
  WHERE state = 'in_progress' AND waiting_for = 'operator';

-- Payment files, one per business day, currency and number. The document is kept, not written
-- again: each download has the same bytes, whatever version or settings run by then.
CREATE TABLE payment_files (
  id uuid PRIMARY KEY,
  business_day date NOT NULL,
  currency text NOT NULL,
  number integer NOT NULL CHECK (number > 0),
  message_id text NOT NULL CONSTRAINT payment_files_message_id_key UNIQUE,
  transfer_count integer NOT NULL CHECK (transfer_count > 0),
  total_cents bigint NOT NULL CHECK (total_cents > 0),
  document text NOT NULL,
  created_at timestamptz NOT NULL,
  created_by uuid NOT NULL,
  CONSTRAINT payment_files_number_key UNIQUE (business_day, currency, number)
);
-- A transfer belongs to one file, for ever: the primary key refuses a second one.
CREATE TABLE payment_file_transfers (
  key uuid PRIMARY KEY REFERENCES bank_transfers,
  file_id uuid NOT NULL REFERENCES payment_files,
  place integer NOT NULL CHECK (place > 0),
  CONSTRAINT payment_file_transfers_place_key UNIQUE (file_id, place)
);
CREATE TRIGGER payment_files_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON payment_files
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER payment_file_transfers_append_only
BEFORE UPDATE OR DELETE OR TRUNCATE ON payment_file_transfers
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

DO $$
BEGIN
  EXECUTE format('REVOKE UPDATE, DELETE ON payment_files, payment_file_transfers FROM %I',
    current_database() || '_app');
END $$;
`,
};

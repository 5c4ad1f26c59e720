import type { Migration } from '../../shared/db/migration';

/** Names of the holders of bank accounts, and payouts whose transfer waits for an operator. */
export const accountHolders: Migration = {
  name: 'AccountHolders1760000000017',
  sql: `
-- Full name of the holder, as the bank knows it; null when the person gave none.
ALTER TABLE accounts ADD COLUMN bank_account_holder text;

-- The name is fixed with the number when an attempt begins.
ALTER TABLE payout_attempts ADD COLUMN creditor_name text;
CREATE TRIGGER payout_attempts_keep_name BEFORE UPDATE ON payout_attempts FOR EACH ROW
WHEN (NEW.creditor_name IS DISTINCT FROM OLD.creditor_name) EXECUTE FUNCTION refuse_change();

-- Who ends the transfer of a payout in progress; null for the bank. An operator may take days.
ALTER TABLE payouts ADD COLUMN waiting_for text
  CONSTRAINT payouts_waiting_for_check CHECK (waiting_for IN ('operator'));
`,
};

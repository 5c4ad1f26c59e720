import type { Migration } from '../../shared/db/migration';

/** Payouts that wait on purpose, are asked about for longer, and whose findings stay inside. */
export const payoutsThatWait: Migration = {
  name: 'PayoutsThatWait1760000000004',
  sql: `
-- Nothing leads to returned any more: it released the amount without booking anything back. The
-- check of the column still knows the word, for money that the bank sends back is to come.
CREATE OR REPLACE FUNCTION check_payout_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.state <> OLD.state AND (OLD.state, NEW.state) NOT IN (
    ('planned', 'transferring'),
    ('transferring', 'paid'), ('transferring', 'failed'), ('transferring', 'unknown'),
    ('unknown', 'paid'), ('unknown', 'failed'), ('unknown', 'planned'),
    ('unknown', 'needs_review'),
    ('needs_review', 'paid'), ('needs_review', 'failed'),
    ('failed', 'planned'), ('failed', 'cancelled')
  ) THEN
    RAISE EXCEPTION 'payout % may not go from % to %', OLD.id, OLD.state, NEW.state
      USING ERRCODE = 'check_violation', CONSTRAINT = 'payouts_transition';
  END IF;
  IF (NEW.id, NEW.account_id, NEW.day, NEW.amount_cents, NEW.planned_at)
    <> (OLD.id, OLD.account_id, OLD.day, OLD.amount_cents, OLD.planned_at) THEN
    RAISE EXCEPTION 'payout % keeps its account, day and amount', OLD.id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'payouts_content';
  END IF;
  -- A new attempt only after a refusal that is certain, and then always a new one.
  IF NEW.attempt_number - OLD.attempt_number
    <> (OLD.state = 'failed' AND NEW.state = 'planned')::integer THEN
    RAISE EXCEPTION 'payout % may not go on to attempt %', OLD.id, NEW.attempt_number
      USING ERRCODE = 'check_violation', CONSTRAINT = 'payouts_attempt';
  END IF;
  RETURN NEW;
END $$;

-- Payouts that need review are asked about as well, so the worker's index holds them too.
CREATE INDEX payouts_asked_about ON payouts (lease_until)
  WHERE state IN ('transferring', 'unknown', 'needs_review');
DROP INDEX payouts_open;

-- When payouts on hold were let go: what waited on purpose was not tried in vain.
ALTER TABLE accounts ADD COLUMN payouts_released_at timestamptz;
-- What an accountant found out about an attempt: for the books, never for the payee.
ALTER TABLE payout_attempts ADD COLUMN finding text;
`,
};

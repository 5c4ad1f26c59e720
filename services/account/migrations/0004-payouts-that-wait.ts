import type { Migration } from '../../shared/db/migration';

/** Payouts on hold, payouts in review, and findings of accountants. */
export const payoutsThatWait: Migration = {
  name: 'PayoutsThatWait1760000000004',
  sql: `
-- No transition leads to returned any more: it released the amount without a transfer. The check of
-- the column keeps the word for payments that the bank returns.
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
  -- A retry after a certain refusal is a new attempt; nothing else starts one.
  IF NEW.attempt_number - OLD.attempt_number
    <> (OLD.state = 'failed' AND NEW.state = 'planned')::integer THEN
    RAISE EXCEPTION 'payout % may not go on to attempt %', OLD.id, NEW.attempt_number
      USING ERRCODE = 'check_violation', CONSTRAINT = 'payouts_attempt';
  END IF;
  RETURN NEW;
END $$;

-- The worker also asks about payouts in needs_review, so its index holds them.
CREATE INDEX payouts_asked_about ON payouts (lease_until)
  WHERE state IN ('transferring', 'unknown', 'needs_review');
DROP INDEX payouts_open;

-- Time when a hold was released: the time on hold does not count as time of retries.
ALTER TABLE accounts ADD COLUMN payouts_released_at timestamptz;
-- An accountant's finding about an attempt: for the books, never shown to the payee.
ALTER TABLE payout_attempts ADD COLUMN finding text;
`,
};

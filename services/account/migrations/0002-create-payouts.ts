import type { Migration } from '../../shared/db/migration';

/** Closings, payouts, their attempts and their letters. */
export const createPayouts: Migration = {
  name: 'CreatePayouts1760000000002',
  sql: `
-- Closings: what an account had earned, and what earlier payouts had committed, when a day was
-- closed. payable_cents is the amount of that day's payout, exactly.
CREATE TABLE closings (
  account_id uuid NOT NULL REFERENCES accounts,
  day date NOT NULL REFERENCES business_days,
  earned_cents bigint NOT NULL,
  committed_cents bigint NOT NULL CHECK (committed_cents >= 0),
  carried_cents bigint NOT NULL,
  payable_cents bigint NOT NULL
    GENERATED ALWAYS AS (earned_cents - committed_cents - carried_cents) STORED,
  PRIMARY KEY (account_id, day),
  CONSTRAINT closings_payable_key UNIQUE (account_id, day, payable_cents),
  -- The rest is either carried as a whole or paid as a whole.
  CHECK (payable_cents = 0 OR (carried_cents = 0 AND payable_cents > 0))
);
CREATE INDEX closings_of_day ON closings (day);
CREATE TRIGGER closings_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON closings
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

DO $$
BEGIN
  EXECUTE format('REVOKE UPDATE, DELETE ON closings FROM %I', current_database() || '_app');
END $$;

-- Allowed transitions, the same as in domain/payout.ts; a test compares every pair. They are copied
-- because a released migration never changes.
CREATE TABLE payouts (
  id uuid PRIMARY KEY,
  account_id uuid NOT NULL,
  day date NOT NULL,
  amount_cents bigint NOT NULL CHECK (amount_cents > 0),
  state text NOT NULL DEFAULT 'planned' CHECK (state IN ('planned', 'transferring', 'unknown',
    'needs_review', 'failed', 'paid', 'cancelled', 'returned')),
  attempt_number integer NOT NULL DEFAULT 1,
  -- End of the lease while a worker has the payout, or of the delay before the next question.
  lease_until timestamptz NOT NULL DEFAULT '-infinity',
  -- Reason of a failed or unclear payout, for people.
  reason text,
  planned_at timestamptz NOT NULL,
  CONSTRAINT payouts_one_per_day UNIQUE (account_id, day),
  CONSTRAINT payouts_content_key UNIQUE (id, account_id, amount_cents),
  CONSTRAINT payouts_match_closing FOREIGN KEY (account_id, day, amount_cents)
    REFERENCES closings (account_id, day, payable_cents)
);
CREATE INDEX payouts_planned ON payouts (day, id) WHERE state = 'planned';
CREATE INDEX payouts_open ON payouts (lease_until) WHERE state IN ('transferring', 'unknown');
CREATE INDEX payouts_of_day ON payouts (day DESC, id DESC);
CREATE INDEX payouts_by_state ON payouts (state, day DESC, id DESC);

CREATE FUNCTION check_payout_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.state <> OLD.state AND (OLD.state, NEW.state) NOT IN (
    ('planned', 'transferring'),
    ('transferring', 'paid'), ('transferring', 'failed'), ('transferring', 'unknown'),
    ('unknown', 'paid'), ('unknown', 'failed'), ('unknown', 'planned'),
    ('unknown', 'needs_review'),
    ('needs_review', 'paid'), ('needs_review', 'failed'),
    ('failed', 'planned'), ('failed', 'cancelled'),
    ('paid', 'returned')
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
CREATE TRIGGER payouts_change BEFORE UPDATE ON payouts
FOR EACH ROW EXECUTE FUNCTION check_payout_change();

CREATE FUNCTION check_payout_begin() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'payout % must begin as planned, with its first attempt', NEW.id
    USING ERRCODE = 'check_violation', CONSTRAINT = 'payouts_begin';
END $$;
CREATE TRIGGER payouts_begin BEFORE INSERT ON payouts FOR EACH ROW
WHEN (NEW.state <> 'planned' OR NEW.attempt_number <> 1) EXECUTE FUNCTION check_payout_begin();

CREATE TRIGGER payouts_stay BEFORE DELETE OR TRUNCATE ON payouts
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

DO $$
BEGIN
  EXECUTE format('REVOKE DELETE ON payouts FROM %I', current_database() || '_app');
END $$;

-- A payout's transfer has its amount and its account.
ALTER TABLE transfers ADD CONSTRAINT transfers_match_payout
  FOREIGN KEY (payout_id, debit_account_id, amount_cents)
  REFERENCES payouts (id, account_id, amount_cents);

-- An attempt's bank account never changes; its outcome is written once.
CREATE TABLE payout_attempts (
  payout_id uuid NOT NULL REFERENCES payouts,
  number integer NOT NULL CHECK (number > 0),
  key uuid NOT NULL CONSTRAINT payout_attempts_key_key UNIQUE,
  -- Null: the account had no bank account; the attempt is refused without a call to Payment.
  bank_account text,
  started_at timestamptz NOT NULL,
  outcome text CHECK (outcome IN ('succeeded', 'refused')),
  reason text,
  bank_reference text,
  settled_at timestamptz,
  PRIMARY KEY (payout_id, number),
  CHECK ((outcome IS NULL) = (settled_at IS NULL)),
  CHECK (outcome IS NOT NULL OR num_nulls(reason, bank_reference) = 2)
);
CREATE TRIGGER payout_attempts_settled_once BEFORE UPDATE ON payout_attempts FOR EACH ROW
WHEN (OLD.outcome IS NOT NULL
  OR (NEW.payout_id, NEW.number, NEW.key, NEW.bank_account, NEW.started_at)
    IS DISTINCT FROM (OLD.payout_id, OLD.number, OLD.key, OLD.bank_account, OLD.started_at))
EXECUTE FUNCTION refuse_change();
CREATE TRIGGER payout_attempts_stay BEFORE DELETE OR TRUNCATE ON payout_attempts
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

DO $$
BEGIN
  EXECUTE format('REVOKE DELETE ON payout_attempts FROM %I', current_database() || '_app');
END $$;

-- One letter to the payee per settled attempt.
CREATE TABLE payout_letters (
  payout_id uuid NOT NULL,
  attempt_number integer NOT NULL,
  template text NOT NULL CHECK (template IN ('payout-paid', 'payout-refused')),
  state text NOT NULL DEFAULT 'due' CHECK (state IN ('due', 'sent', 'failed')),
  due_at timestamptz NOT NULL,
  lease_until timestamptz NOT NULL DEFAULT '-infinity',
  sent_at timestamptz,
  PRIMARY KEY (payout_id, attempt_number),
  FOREIGN KEY (payout_id, attempt_number) REFERENCES payout_attempts,
  CHECK ((state = 'sent') = (sent_at IS NOT NULL))
);
CREATE INDEX payout_letters_due ON payout_letters (lease_until) WHERE state = 'due';
`,
};

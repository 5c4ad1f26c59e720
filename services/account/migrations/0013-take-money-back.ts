import type { Migration } from '../../shared/db/migration';

/** Returned payouts: a transfer of the kind `return`, and the returns that Payment reported. */
export const takeMoneyBack: Migration = {
  name: 'TakeMoneyBack1760000000013',
  sql: `
DO $$
BEGIN
  IF NOT (SELECT indisvalid FROM pg_index WHERE indexrelid = 'transfers_return_key'::regclass) THEN
    DROP INDEX transfers_return_key;
    CREATE UNIQUE INDEX transfers_return_key ON transfers (payout_id) WHERE kind = 'return';
  END IF;
END $$;

-- A returned payout releases its amount: the same transaction books the amount back. Payouts are
-- locked before transfers, as a worker locks them.
CREATE FUNCTION check_payout_returned() RETURNS trigger LANGUAGE plpgsql
SET enable_seqscan = off AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM transfers WHERE kind = 'return' AND payout_id = NEW.id) THEN
    RAISE EXCEPTION 'payout % may not be returned without a transfer', NEW.id
      USING ERRCODE = 'check_violation', CONSTRAINT = TG_NAME;
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER payouts_returned_booked AFTER UPDATE ON payouts
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
WHEN (OLD.state <> 'returned' AND NEW.state = 'returned')
EXECUTE FUNCTION check_payout_returned();

CREATE OR REPLACE FUNCTION check_payout_change() RETURNS trigger LANGUAGE plpgsql AS $$
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
  -- A retry after a certain refusal is a new attempt; nothing else starts one.
  IF NEW.attempt_number - OLD.attempt_number
    <> (OLD.state = 'failed' AND NEW.state = 'planned')::integer THEN
    RAISE EXCEPTION 'payout % may not go on to attempt %', OLD.id, NEW.attempt_number
      USING ERRCODE = 'check_violation', CONSTRAINT = 'payouts_attempt';
  END IF;
  RETURN NEW;
END $$;

-- The foreign key of account and amount fits payouts alone, whose payee is debited; a return
-- credits the payee. check_transfers compares both kinds with their payout instead: a payout is
-- never deleted, and keeps account and amount. NOT VALID: the next migration checks the rows
-- without a lock.
ALTER TABLE transfers
  DROP CONSTRAINT transfers_match_payout,
  DROP CONSTRAINT transfers_kind_check,
  DROP CONSTRAINT transfers_check3,
  DROP CONSTRAINT transfers_check4,
  ADD CONSTRAINT transfers_kind_check
    CHECK (kind IN ('fee', 'reward', 'payout', 'reversal', 'return')) NOT VALID,
  ADD CONSTRAINT transfers_payout_check
    CHECK ((kind IN ('payout', 'return')) = (payout_id IS NOT NULL)) NOT VALID,
  ADD CONSTRAINT transfers_reversal_check
    CHECK (num_nulls(reverses_id, author_id) = CASE kind WHEN 'reversal' THEN 0 ELSE 2 END)
    NOT VALID,
  -- The reason of a return is the bank's.
  ADD CONSTRAINT transfers_reason_check
    CHECK ((kind IN ('reversal', 'return')) = (reason IS NOT NULL)) NOT VALID;

-- The settings are those of migration 11, which a replaced function would lose.
CREATE OR REPLACE FUNCTION check_transfers() RETURNS trigger LANGUAGE plpgsql
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$
DECLARE wrong uuid;
BEGIN
  SELECT added.id INTO wrong
  FROM added
  LEFT JOIN business_days ON business_days.day = added.business_day
  LEFT JOIN accounts debit ON debit.id = added.debit_account_id
  LEFT JOIN accounts credit ON credit.id = added.credit_account_id
  LEFT JOIN prices ON prices.task_id = added.task_id
  LEFT JOIN transfers original ON original.id = added.reverses_id
  LEFT JOIN payouts ON payouts.id = added.payout_id
    AND payouts.amount_cents = added.amount_cents
  WHERE (business_days.state = 'open' AND CASE added.kind
    WHEN 'fee' THEN debit.kind = 'employee' AND credit.kind = 'management'
      AND added.amount_cents = prices.fee_cents
    WHEN 'reward' THEN debit.kind = 'management' AND credit.kind = 'employee'
      AND added.amount_cents = prices.reward_cents
    WHEN 'payout' THEN payouts.account_id = added.debit_account_id
      AND credit.kind = 'bank-clearing'
    WHEN 'return' THEN payouts.account_id = added.credit_account_id
      AND debit.kind = 'bank-clearing' AND payouts.state = 'returned'
      AND EXISTS (SELECT FROM transfers sent
        WHERE sent.kind = 'payout' AND sent.payout_id = added.payout_id)
    WHEN 'reversal' THEN original.kind IN ('fee', 'reward', 'reversal')
      AND added.debit_account_id = original.credit_account_id
      AND added.credit_account_id = original.debit_account_id
      AND added.amount_cents = original.amount_cents
  END) IS NOT TRUE
  LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION
      'transfer % does not fit its accounts, price, original, payout or business day', wrong
      USING ERRCODE = 'check_violation', CONSTRAINT = 'transfers_fit';
  END IF;
  RETURN NULL;
END $$;

-- The previous version counts every transfer but payouts as earned. During a rollout it must not
-- close a day on which a return was booked: the amount would be owed twice, as earned and as
-- released. Its closing fails; a process of this version closes the day.
CREATE FUNCTION check_closings() RETURNS trigger LANGUAGE plpgsql
SET enable_seqscan = off AS $$
DECLARE wrong uuid;
BEGIN
  SELECT added.account_id INTO wrong
  FROM transfers AS back
  JOIN added ON added.account_id = back.credit_account_id AND added.day = back.business_day
  LEFT JOIN LATERAL (
    SELECT earned_cents FROM closings
    WHERE closings.account_id = added.account_id AND closings.day < added.day
    ORDER BY closings.day DESC LIMIT 1
  ) AS before ON true
  CROSS JOIN LATERAL (
    SELECT coalesce(sum(amount_cents), 0) AS cents FROM entries
    WHERE entries.account_id = added.account_id AND entries.business_day = added.day
      AND kind IN ('fee', 'reward', 'reversal')
  ) AS booked
  WHERE back.kind = 'return'
    AND added.earned_cents <> coalesce(before.earned_cents, 0) + booked.cents
  LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'the closing of account % counts a return as earned', wrong
      USING ERRCODE = 'check_violation', CONSTRAINT = 'closings_leave_returns_out';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER closings_leave_returns_out AFTER INSERT ON closings REFERENCING NEW TABLE AS added
FOR EACH STATEMENT EXECUTE FUNCTION check_closings();

-- Returns that Payment reported, also those that do not fit a paid payout: none is lost, and
-- finding says why a return is not booked.
CREATE TABLE returned_transfers (
  -- Key of the transfer at Payment: the attempt's.
  key uuid PRIMARY KEY,
  -- Position in Payment's list; the highest one is the cursor.
  position bigint NOT NULL,
  amount_cents bigint NOT NULL,
  currency text NOT NULL,
  -- Words of the bank.
  reason text NOT NULL,
  returned_at timestamptz NOT NULL,
  heard_at timestamptz NOT NULL,
  -- Null until the return is booked.
  payout_id uuid CONSTRAINT returned_transfers_payout_key UNIQUE REFERENCES payouts,
  booked_at timestamptz,
  finding text,
  next_try_at timestamptz NOT NULL,
  letter_id uuid CONSTRAINT returned_transfers_letter_key UNIQUE,
  letter_sent_at timestamptz,
  CHECK ((payout_id IS NULL) = (booked_at IS NULL)),
  CHECK (booked_at IS NULL OR finding IS NULL)
);
CREATE INDEX returned_transfers_position ON returned_transfers (position);
CREATE INDEX returned_transfers_open ON returned_transfers (next_try_at) WHERE booked_at IS NULL;
CREATE TRIGGER returned_transfers_keep BEFORE UPDATE ON returned_transfers FOR EACH ROW
WHEN ((OLD.key, OLD.position, OLD.amount_cents, OLD.currency, OLD.reason, OLD.returned_at)
    IS DISTINCT FROM
    (NEW.key, NEW.position, NEW.amount_cents, NEW.currency, NEW.reason, NEW.returned_at)
  OR (OLD.booked_at IS NOT NULL
    AND (OLD.payout_id, OLD.booked_at) IS DISTINCT FROM (NEW.payout_id, NEW.booked_at)))
EXECUTE FUNCTION refuse_change();
CREATE TRIGGER returned_transfers_stay BEFORE DELETE OR TRUNCATE ON returned_transfers
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

DO $$
BEGIN
  EXECUTE format('REVOKE DELETE ON returned_transfers FROM %I', current_database() || '_app');
END $$;

CREATE OR REPLACE FUNCTION note_letter_sent() RETURNS trigger LANGUAGE plpgsql
SET enable_seqscan = off AS $$
BEGIN
  UPDATE payout_attempts SET letter_sent_at = NEW.next_try_at WHERE letter_id = NEW.id;
  UPDATE returned_transfers SET letter_sent_at = NEW.next_try_at WHERE letter_id = NEW.id;
  RETURN NULL;
END $$;
`,
};

import type { Migration } from '../../shared/db/migration';

/** Letters about payouts are in the one queue of letters. */
export const oneQueueOfLetters: Migration = {
  name: 'OneQueueOfLetters1760000000008',
  sql: `
-- The letter about an attempt is a row of due_letters, which is deleted after its retention; the
-- time when it was sent is kept with the attempt.
ALTER TABLE payout_attempts ADD COLUMN letter_id uuid, ADD COLUMN letter_sent_at timestamptz;
CREATE UNIQUE INDEX payout_attempts_letter_key ON payout_attempts (letter_id)
  WHERE letter_id IS NOT NULL;

-- An outcome is written once, as before; the columns of the letter may change later.
DROP TRIGGER payout_attempts_settled_once ON payout_attempts;
CREATE TRIGGER payout_attempts_settled_once
BEFORE UPDATE OF payout_id, number, key, bank_account, started_at, outcome, reason, finding,
  bank_reference, settled_at ON payout_attempts FOR EACH ROW
WHEN (OLD.outcome IS NOT NULL
  OR (NEW.payout_id, NEW.number, NEW.key, NEW.bank_account, NEW.started_at)
    IS DISTINCT FROM (OLD.payout_id, OLD.number, OLD.key, OLD.bank_account, OLD.started_at))
EXECUTE FUNCTION refuse_change();

-- next_try_at of a sent letter is the time when it was sent. The function's plan is cached from
-- when the tables are small, so sequential scans are off.
CREATE FUNCTION note_letter_sent() RETURNS trigger LANGUAGE plpgsql
SET enable_seqscan = off AS $$
BEGIN
  UPDATE payout_attempts SET letter_sent_at = NEW.next_try_at WHERE letter_id = NEW.id;
  RETURN NULL;
END $$;
CREATE TRIGGER due_letters_note_sent AFTER UPDATE ON due_letters FOR EACH ROW
WHEN (NEW.state = 'sent' AND OLD.state <> 'sent') EXECUTE FUNCTION note_letter_sent();

CREATE INDEX due_letters_ended ON due_letters (state, next_try_at) WHERE state <> 'due';

-- The previous version writes payout_letters while one of its workers runs: the times of letters
-- that it sends are kept here, the letters that it leaves due are moved by the new worker.
CREATE FUNCTION note_payout_letter_sent() RETURNS trigger LANGUAGE plpgsql
SET enable_seqscan = off AS $$
BEGIN
  UPDATE payout_attempts SET letter_sent_at = NEW.sent_at
  WHERE payout_id = NEW.payout_id AND number = NEW.attempt_number;
  RETURN NULL;
END $$;
CREATE TRIGGER payout_letters_note_sent AFTER UPDATE ON payout_letters FOR EACH ROW
WHEN (NEW.state = 'sent' AND OLD.state <> 'sent') EXECUTE FUNCTION note_payout_letter_sent();
`,
};

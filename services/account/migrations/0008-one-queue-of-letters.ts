import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The letter about an attempt is a row of `due_letters`, which is forgotten some day; when it was
 * sent stays with the attempt.
 */
const ATTEMPTS = `
ALTER TABLE payout_attempts ADD COLUMN letter_id uuid, ADD COLUMN letter_sent_at timestamptz;
CREATE UNIQUE INDEX payout_attempts_letter_key ON payout_attempts (letter_id)
  WHERE letter_id IS NOT NULL;

-- As before: an outcome is written once and stays. What became of the letter comes later.
DROP TRIGGER payout_attempts_settled_once ON payout_attempts;
CREATE TRIGGER payout_attempts_settled_once BEFORE UPDATE ON payout_attempts FOR EACH ROW
WHEN ((OLD.outcome IS NOT NULL
    AND (NEW.outcome, NEW.reason, NEW.finding, NEW.bank_reference, NEW.settled_at)
      IS DISTINCT FROM (OLD.outcome, OLD.reason, OLD.finding, OLD.bank_reference, OLD.settled_at))
  OR (NEW.payout_id, NEW.number, NEW.key, NEW.bank_account, NEW.started_at)
    IS DISTINCT FROM (OLD.payout_id, OLD.number, OLD.key, OLD.bank_account, OLD.started_at))
EXECUTE FUNCTION refuse_change();`;

/** Of a letter that was sent, `next_try_at` is when. Its plan is kept from when tables are small. */
const SENT = `
CREATE FUNCTION note_letter_sent() RETURNS trigger LANGUAGE plpgsql
SET enable_seqscan = off AS $$
BEGIN
  UPDATE payout_attempts SET letter_sent_at = NEW.next_try_at WHERE letter_id = NEW.id;
  RETURN NULL;
END $$;
CREATE TRIGGER due_letters_note_sent AFTER UPDATE ON due_letters FOR EACH ROW
WHEN (NEW.state = 'sent' AND OLD.state <> 'sent') EXECUTE FUNCTION note_letter_sent();

CREATE INDEX due_letters_ended ON due_letters (state, next_try_at) WHERE state <> 'due';`;

/**
 * The version before keeps its letters in `payout_letters` for as long as one of its workers
 * runs. What that worker sends is noted here; what it leaves behind is moved by the new one.
 */
const SENT_BY_THE_VERSION_BEFORE = `
CREATE FUNCTION note_payout_letter_sent() RETURNS trigger LANGUAGE plpgsql
SET enable_seqscan = off AS $$
BEGIN
  UPDATE payout_attempts SET letter_sent_at = NEW.sent_at
  WHERE payout_id = NEW.payout_id AND number = NEW.attempt_number;
  RETURN NULL;
END $$;
CREATE TRIGGER payout_letters_note_sent AFTER UPDATE ON payout_letters FOR EACH ROW
WHEN (NEW.state = 'sent' AND OLD.state <> 'sent') EXECUTE FUNCTION note_payout_letter_sent();`;

/** Letters about payouts are in the one queue of letters. */
export class OneQueueOfLetters1760000000008 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(ATTEMPTS);
    await runner.query(SENT);
    await runner.query(SENT_BY_THE_VERSION_BEFORE);
  }

  /** Migrations only go forward: it would not be known any more when letters were sent. */
  async down(): Promise<void> {
    await Promise.reject(new Error('When letters were sent is never dropped'));
  }
}

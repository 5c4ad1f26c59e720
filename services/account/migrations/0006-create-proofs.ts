import type { MigrationInterface, QueryRunner } from 'typeorm';
import { appendOnly } from '../../shared/db/append-only';

/**
 * Days whose money was checked from its rows after they were closed. `proven_at` is when the
 * check began: what changed later was not seen by it.
 */
const PROVEN_DAYS = `
CREATE TABLE proven_days (
  day date PRIMARY KEY REFERENCES business_days,
  proven_at timestamptz NOT NULL
);
${appendOnly('proven_days')}`;

/** A payout of a proven day may still go on: its last change says whether to look again. */
const PAYOUT_CHANGES = `
ALTER TABLE payouts ADD COLUMN changed_at timestamptz NOT NULL DEFAULT '-infinity';
ALTER TABLE payouts ALTER COLUMN changed_at SET DEFAULT now();
CREATE INDEX payouts_changed ON payouts (changed_at);

CREATE FUNCTION note_payout_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.changed_at = now();
  RETURN NEW;
END $$;
CREATE TRIGGER payouts_note_change BEFORE UPDATE ON payouts FOR EACH ROW
WHEN (OLD.state IS DISTINCT FROM NEW.state) EXECUTE FUNCTION note_payout_change();`;

/** Which days are proven, and what the check of the books has to look at since. */
export class CreateProofs1760000000006 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(PROVEN_DAYS);
    await runner.query(PAYOUT_CHANGES);
  }

  /** Migrations only go forward: every day would have to be proven again. */
  async down(): Promise<void> {
    await Promise.reject(new Error('Proofs are never dropped'));
  }
}

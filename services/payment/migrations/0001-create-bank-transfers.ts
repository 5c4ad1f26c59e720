import type { MigrationInterface, QueryRunner } from 'typeorm';
import { REFUSE_CHANGE, neverDeleted } from '../../shared/db/append-only';
import { GRANT_APP_ROLE } from '../../shared/db/grants';

/**
 * One row per key, for ever: what was ordered, how often we tried and how it ended.
 *
 * - `attempts` counts claims; the first one sends, every later one asks the bank first.
 * - `next_ask_at` is both the growing delay and the lease of whoever is talking to the bank.
 * - `fault` is what was unclear at the last attempt; `flagged_at` says since when the bank's
 *   answers have made no sense, so that somebody looks.
 */
const BANK_TRANSFERS = `
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
CREATE INDEX bank_transfers_due ON bank_transfers (next_ask_at) WHERE state = 'in_progress'`;

/** Whoever asks, owner included: an order never changes, and an outcome is final. */
const KEEP_ORDERS_AND_OUTCOMES = `
${REFUSE_CHANGE}
CREATE TRIGGER bank_transfers_final BEFORE UPDATE ON bank_transfers FOR EACH ROW
WHEN (OLD.state <> 'in_progress'
  OR (NEW.key, NEW.amount_cents, NEW.currency, NEW.bank_account, NEW.created_at)
    IS DISTINCT FROM
    (OLD.key, OLD.amount_cents, OLD.currency, OLD.bank_account, OLD.created_at))
EXECUTE FUNCTION refuse_change();
${neverDeleted('bank_transfers')}`;

export class CreateBankTransfers1760000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(GRANT_APP_ROLE);
    await runner.query(BANK_TRANSFERS);
    await runner.query(KEEP_ORDERS_AND_OUTCOMES);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE bank_transfers');
    await runner.query('DROP FUNCTION refuse_change');
  }
}

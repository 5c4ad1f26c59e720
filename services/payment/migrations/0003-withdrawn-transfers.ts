import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * An order may be taken back before it arrives: `withdrawn`, final like an outcome. The checks have
 * the names that PostgreSQL gave them.
 */
const WITHDRAWN = `
ALTER TABLE bank_transfers DROP CONSTRAINT bank_transfers_state_check,
  ADD CONSTRAINT bank_transfers_state_check
    CHECK (state IN ('in_progress', 'succeeded', 'refused', 'withdrawn')) NOT VALID,
  ADD CONSTRAINT bank_transfers_withdrawn_check
    CHECK (state <> 'withdrawn' OR num_nonnulls(bank_reference, reason) = 0) NOT VALID;
ALTER TABLE bank_transfers VALIDATE CONSTRAINT bank_transfers_state_check;
ALTER TABLE bank_transfers VALIDATE CONSTRAINT bank_transfers_withdrawn_check`;

/** Lets orders be withdrawn before they arrive. */
export class WithdrawnTransfers1760000000003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(WITHDRAWN);
  }

  /** Migrations only go forward: what was withdrawn must never be sent. */
  async down(): Promise<void> {
    await Promise.reject(new Error('What was withdrawn is never forgotten'));
  }
}

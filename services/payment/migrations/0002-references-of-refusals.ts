import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Only what was executed has its bank reference for itself: a bank may name several refusals
 * after one thing, a file or a day. The name stays, since the code before asks for it.
 */
const UNIQUE_AMONG_EXECUTED = `
ALTER TABLE bank_transfers DROP CONSTRAINT bank_transfers_bank_reference_key;
CREATE UNIQUE INDEX bank_transfers_bank_reference_key ON bank_transfers (bank_reference)
  WHERE state = 'succeeded'`;

/** Lets several refusals have the same bank reference. */
export class ReferencesOfRefusals1760000000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(UNIQUE_AMONG_EXECUTED);
  }

  /** Migrations only go forward: refusals may share a reference by now. */
  async down(): Promise<void> {
    await Promise.reject(new Error('References of refusals are never made unique again'));
  }
}

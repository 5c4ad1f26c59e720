import type { MigrationInterface, QueryRunner } from 'typeorm';

const FIND_OLD = `
CREATE INDEX former_emails_until ON former_emails (until);
CREATE INDEX beak_shape_changes_settled ON beak_shape_changes (asked_at) WHERE state <> 'asked';`;

/** Former addresses and settled changes of beak shapes end: found without reading all of them. */
export class ForgetWhatWasTold1760000000005 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(FIND_OLD);
  }

  /** Migrations only go forward. */
  async down(): Promise<void> {
    await Promise.reject(new Error('The version before does not mind indexes'));
  }
}

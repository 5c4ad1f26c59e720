import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Letters that were sent or given up long ago are found without reading the others. */
const FIND_ENDED = `
CREATE INDEX due_letters_ended ON due_letters (state, next_try_at) WHERE state <> 'due'`;

/** Letters have a retention. */
export class ForgetLetters1760000000008 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(FIND_ENDED);
  }

  /** Migrations only go forward. */
  async down(): Promise<void> {
    await Promise.reject(new Error('The version before does not mind indexes'));
  }
}

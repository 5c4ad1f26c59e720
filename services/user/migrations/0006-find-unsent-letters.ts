import type { MigrationInterface, QueryRunner } from 'typeorm';
import { INDEX_UNSENT_LETTERS } from '../../shared/work/letters/due-letters';

/** What is counted every half a minute is found without reading all letters ever sent. */
export class FindUnsentLetters1760000000006 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(INDEX_UNSENT_LETTERS);
  }

  /** Migrations only go forward. */
  async down(): Promise<void> {
    await Promise.reject(new Error('The version before does not mind indexes'));
  }
}

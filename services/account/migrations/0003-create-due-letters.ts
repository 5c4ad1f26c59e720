import type { MigrationInterface, QueryRunner } from 'typeorm';
import { CREATE_DUE_LETTERS } from '../../shared/work/letters/due-letters';

/** Letters that changes of a person's own data owe them. */
export class CreateDueLetters1760000000003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(CREATE_DUE_LETTERS);
  }

  /** Migrations only go forward: a letter that is due would be forgotten. */
  async down(): Promise<void> {
    await Promise.reject(new Error('Letters that are due are never dropped'));
  }
}

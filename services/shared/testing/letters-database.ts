import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createDataSource, type Database } from '../db/data-source';
import { GRANT_APP_ROLE } from '../db/grants';
import { CREATE_DUE_LETTERS, INDEX_UNSENT_LETTERS } from '../work/letters/due-letters';

/** As the migrations of the services that owe letters make it. */
const INDEX_ENDED_LETTERS = `
CREATE INDEX due_letters_ended ON due_letters (state, next_try_at) WHERE state <> 'due'`;

class CreateLetters1760000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(GRANT_APP_ROLE);
    await runner.query(CREATE_DUE_LETTERS);
    await runner.query(INDEX_UNSENT_LETTERS);
    await runner.query(INDEX_ENDED_LETTERS);
  }

  async down(): Promise<void> {
    await Promise.reject(new Error('never taken back'));
  }
}

/** Returns the data source of a database with due letters only, for tests of sending them. */
export const createLettersDatabase = (url: string): Database =>
  createDataSource({
    service: 'letters-test',
    url,
    entities: [],
    migrations: [CreateLetters1760000000000],
  });

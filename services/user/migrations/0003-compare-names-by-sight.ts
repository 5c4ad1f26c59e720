import type { MigrationInterface, QueryRunner } from 'typeorm';

const ADD_SKELETONS = `
-- What the nickname looks like, computed by the service. Null in rows of the version before: a job
-- fills them, and twins among them stay.
ALTER TABLE users ADD COLUMN nickname_skeletons text[];
CREATE INDEX users_nickname_skeletons ON users USING gin (nickname_skeletons);
CREATE INDEX users_without_skeletons ON users (id) WHERE nickname_skeletons IS NULL;`;

/** New names must not look like those that are there. */
export class CompareNamesBySight1760000000003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(ADD_SKELETONS);
  }

  /** Migrations only go forward. */
  async down(): Promise<void> {
    await Promise.reject(new Error('The version before does not mind the column'));
  }
}

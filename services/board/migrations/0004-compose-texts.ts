import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Statement timeout: finding the texts may read millions of rows. */
const TIMEOUT = `SELECT set_config('statement_timeout', '600s', true)`;

/** Reads without a lock; meanwhile only the previous release may write texts that are not NFC. */
const FIND = `
CREATE TEMPORARY TABLE apart ON COMMIT DROP AS
SELECT id FROM tasks
WHERE title IS NOT NFC NORMALIZED OR jira_id IS NOT NFC NORMALIZED
  OR description IS NOT NFC NORMALIZED`;

/** No change of a task: closed ones too, same version. Writers wait only if a text is not NFC. */
const COMPOSE = `
DO $$
BEGIN
  IF EXISTS (SELECT FROM apart) THEN
    ALTER TABLE tasks DISABLE TRIGGER tasks_closed_stay_closed;
    UPDATE tasks SET title = normalize(title, NFC), jira_id = normalize(jira_id, NFC),
      description = normalize(description, NFC)
    WHERE id IN (SELECT id FROM apart);
    ALTER TABLE tasks ENABLE TRIGGER tasks_closed_stay_closed;
  END IF;
END $$`;

/** Normalises stored texts to NFC. */
export class ComposeTexts1760000000004 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TIMEOUT);
    await runner.query(FIND);
    await runner.query(COMPOSE);
  }

  async down(): Promise<void> {
    await Promise.reject(new Error('how texts were written before is not kept'));
  }
}

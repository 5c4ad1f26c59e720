import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A hundred thousand tasks take about half a minute. */
const TIMEOUT = `SELECT set_config('statement_timeout', '3600s', true)`;

/**
 * In a transaction of its own, after the trigger is there for everybody: nobody has to wait, and
 * no task is missed.
 */
const FILL = `
INSERT INTO task_texts (task_id, key)
SELECT id, search_key(concat('[' || jira_id || '] ', title)) FROM tasks
ON CONFLICT DO NOTHING`;

/** The texts of the tasks that were there before. */
export class FillTaskTexts1760000000003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TIMEOUT);
    await runner.query(FILL);
  }

  async down(): Promise<void> {
    await Promise.reject(new Error('tasks could not be found any more'));
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';

const BATCH = 5_000;

/** Each batch commits by itself: a concurrent change of a title waits for one batch at most. */
const FILL = `
WITH batch AS MATERIALIZED (
  SELECT id, jira_id, title FROM tasks WHERE id > $1 ORDER BY id LIMIT ${BATCH}
), filled AS (
  INSERT INTO task_texts (task_id, key)
  SELECT id, search_key(concat('[' || jira_id || '] ', title)) FROM batch
  ON CONFLICT DO NOTHING
)
SELECT id AS last FROM batch ORDER BY id DESC LIMIT 1`;

const BEFORE_ALL = '00000000-0000-0000-0000-000000000000';

/**
 * Fills the search texts of existing tasks; the trigger covers all others. After a kill it begins
 * again and keeps existing rows.
 */
export class FillTaskTexts1760000000003 implements MigrationInterface {
  readonly transaction = false;

  async up(runner: QueryRunner): Promise<void> {
    let last: string | undefined = BEFORE_ALL;
    while (last !== undefined) {
      const rows = (await runner.query(FILL, [last])) as { last: string }[];
      last = rows[0]?.last;
    }
  }

  async down(): Promise<void> {
    await Promise.reject(new Error('tasks could not be found any more'));
  }
}

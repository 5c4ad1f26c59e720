import type { Migration } from '../../shared/db/migration';

/**
 * Fills the search texts of existing tasks; the trigger covers all others. After a kill it begins
 * again and keeps existing rows.
 */
export const fillTaskTexts: Migration = {
  name: 'FillTaskTexts1760000000003',
  transaction: false,
  sql: `
-- Each batch commits by itself: a concurrent change of a title waits for one batch at most.
DO $$
DECLARE last uuid := '00000000-0000-0000-0000-000000000000';
BEGIN
  WHILE last IS NOT NULL LOOP
    WITH batch AS MATERIALIZED (
      SELECT id, jira_id, title FROM tasks WHERE id > last ORDER BY id LIMIT 5000
    ), filled AS (
      INSERT INTO task_texts (task_id, key)
      SELECT id, search_key(concat('[' || jira_id || '] ', title)) FROM batch
      ON CONFLICT DO NOTHING
    )
    SELECT (SELECT id FROM batch ORDER BY id DESC LIMIT 1) INTO last;
    COMMIT;
  END LOOP;
END $$;
`,
};

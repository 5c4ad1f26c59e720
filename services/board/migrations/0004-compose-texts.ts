import type { Migration } from '../../shared/db/migration';

/** Texts are stored composed (NFC). */
export const composeTexts: Migration = {
  name: 'ComposeTexts1760000000004',
  sql: `
-- Read without a lock; only the release before may write some more beside us.
CREATE TEMPORARY TABLE apart ON COMMIT DROP AS
SELECT id FROM tasks
WHERE title IS NOT NFC NORMALIZED OR jira_id IS NOT NFC NORMALIZED
  OR description IS NOT NFC NORMALIZED;

-- It is no change of a task: closed ones too, same version. Writers wait only where there are any.
DO $$
BEGIN
  IF EXISTS (SELECT FROM apart) THEN
    ALTER TABLE tasks DISABLE TRIGGER tasks_closed_stay_closed;
    UPDATE tasks SET title = normalize(title, NFC), jira_id = normalize(jira_id, NFC),
      description = normalize(description, NFC)
    WHERE id IN (SELECT id FROM apart);
    ALTER TABLE tasks ENABLE TRIGGER tasks_closed_stay_closed;
  END IF;
END $$;
`,
};

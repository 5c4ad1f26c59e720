import type { Migration } from '../../shared/db/migration';

/** Texts are stored composed (NFC). */
export const composeTexts: Migration = {
  name: 'ComposeTexts1760000000004',
  sql: `
-- Read without a lock; only the previous version may still write such texts.
CREATE TEMPORARY TABLE apart ON COMMIT DROP AS
SELECT id FROM tasks
WHERE title IS NOT NFC NORMALIZED OR jira_id IS NOT NFC NORMALIZED
  OR description IS NOT NFC NORMALIZED;

-- Not a change of the task: closed tasks too, and the version stays. Locks only where rows match.
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

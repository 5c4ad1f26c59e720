import type { MigrationInterface, QueryRunner } from 'typeorm';
import { CREATE_SEARCH, searchIndex } from '../../shared/db/search';

/** Normalising old titles may look at millions of rows. */
const TIMEOUT = `SELECT set_config('statement_timeout', '600s', true)`;

/**
 * The text of a task as it is searched for, apart from `tasks`: a distribution rewrites the rows
 * of all tasks, and the index with them, if it were there.
 */
const CREATE_TASK_TEXTS = `
CREATE TABLE task_texts (
  task_id uuid PRIMARY KEY REFERENCES tasks,
  key text NOT NULL
);
${searchIndex('task_texts_grams', 'task_texts', 'key')}`;

/** Whoever writes a title writes its text: also the programs of the release before. */
const KEEP_TASK_TEXTS = `
CREATE FUNCTION keep_task_text() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO task_texts (task_id, key)
  VALUES (NEW.id, search_key(concat('[' || NEW.jira_id || '] ', NEW.title)))
  ON CONFLICT (task_id) DO UPDATE SET key = EXCLUDED.key;
  RETURN NULL;
END $$;
CREATE TRIGGER tasks_keep_text AFTER INSERT OR UPDATE OF title, jira_id ON tasks
FOR EACH ROW EXECUTE FUNCTION keep_task_text()`;

/** Texts are stored composed (NFC). It is no change of a task: closed ones too, same version. */
const NORMALISE_TEXTS = `
ALTER TABLE tasks DISABLE TRIGGER tasks_closed_stay_closed;
UPDATE tasks SET title = normalize(title, NFC), jira_id = normalize(jira_id, NFC),
  description = normalize(description, NFC)
WHERE title IS NOT NFC NORMALIZED OR jira_id IS NOT NFC NORMALIZED
  OR description IS NOT NFC NORMALIZED;
ALTER TABLE tasks ENABLE TRIGGER tasks_closed_stay_closed`;

/** Titles are found whatever their letters, in every locale of the server, by an index. */
export class SearchTasks1760000000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TIMEOUT);
    await runner.query(CREATE_SEARCH);
    await runner.query(CREATE_TASK_TEXTS);
    await runner.query(KEEP_TASK_TEXTS);
    await runner.query(NORMALISE_TEXTS);
  }

  async down(): Promise<void> {
    await Promise.reject(new Error('how titles were written before is not kept'));
  }
}

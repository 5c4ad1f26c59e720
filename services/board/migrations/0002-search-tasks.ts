import type { MigrationInterface, QueryRunner } from 'typeorm';
import { CREATE_SEARCH, searchIndex } from '../../shared/db/search';

/**
 * Search text of a task, apart from `tasks`: a distribution rewrites the rows of all tasks, and
 * would rewrite an index there.
 */
const CREATE_TASK_TEXTS = `
CREATE TABLE task_texts (
  -- No foreign key: tasks are never deleted, and filling the table would lock them.
  task_id uuid PRIMARY KEY,
  key text NOT NULL
);
${searchIndex('task_texts_grams', 'task_texts', 'key')}`;

/** Trigger that keeps the search text, also for writes of the previous release. */
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

/** Adds the search for titles by an index, whatever case and locale of the server. */
export class SearchTasks1760000000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(CREATE_SEARCH);
    await runner.query(CREATE_TASK_TEXTS);
    await runner.query(KEEP_TASK_TEXTS);
  }

  async down(): Promise<void> {
    await Promise.reject(new Error('tasks could not be found any more'));
  }
}

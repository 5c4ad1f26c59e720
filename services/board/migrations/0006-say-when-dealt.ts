import type { Migration } from '../../shared/db/migration';

/** When a task was dealt last, on the task itself: lists are ordered by it. */
export const sayWhenDealt: Migration = {
  name: 'SayWhenDealt1760000000006',
  sql: `
-- Without a default: no row is rewritten. Null: never dealt, or not filled in yet.
ALTER TABLE tasks ADD COLUMN assigned_at timestamptz(3);
ALTER TABLE distributions ADD COLUMN fees_cents bigint CHECK (fees_cents >= 0);

-- The previous version deals without the time: the time of the statement is at most its wait for a
-- lock away from the one in assignments.
CREATE FUNCTION note_assigned_at() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.assigned_at = CASE TG_OP WHEN 'INSERT' THEN NEW.created_at ELSE clock_timestamp() END;
  RETURN NEW;
END $$;
CREATE TRIGGER tasks_note_first_assigned_at BEFORE INSERT ON tasks FOR EACH ROW
WHEN (NEW.assignee_id IS NOT NULL AND NEW.assigned_at IS NULL)
EXECUTE FUNCTION note_assigned_at();
CREATE TRIGGER tasks_note_assigned_at BEFORE UPDATE OF assignment_number ON tasks FOR EACH ROW
WHEN (NEW.assignment_number <> OLD.assignment_number
  AND NEW.assigned_at IS NOT DISTINCT FROM OLD.assigned_at)
EXECUTE FUNCTION note_assigned_at();

-- A closed task is never updated, but that the time it was dealt is filled in once.
DROP TRIGGER tasks_closed_stay_closed ON tasks;
CREATE TRIGGER tasks_closed_stay_closed BEFORE UPDATE ON tasks FOR EACH ROW
WHEN (OLD.status <> 'open' AND (OLD.assigned_at IS NOT NULL
  OR (OLD.id, OLD.jira_id, OLD.title, OLD.description, OLD.status, OLD.assignee_id,
    OLD.assignment_number, OLD.finished_at, OLD.version)
  IS DISTINCT FROM (NEW.id, NEW.jira_id, NEW.title, NEW.description, NEW.status, NEW.assignee_id,
    NEW.assignment_number, NEW.finished_at, NEW.version)))
EXECUTE FUNCTION refuse_change();
`,
};

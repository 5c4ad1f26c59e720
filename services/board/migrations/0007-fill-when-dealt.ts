import type { Migration } from '../../shared/db/migration';

/**
 * Fills in when the tasks of before were dealt last, and what distributions of before charged;
 * triggers cover all later tasks. After a kill it
 * begins again and keeps what is filled in.
 */
export const fillWhenDealt: Migration = {
  name: 'FillWhenDealt1760000000007',
  transaction: false,
  sql: `
-- Each batch commits by itself: a change of a task waits for one batch at most, and a task dealt
-- meanwhile has its time already.
DO $$
DECLARE last uuid := '00000000-0000-0000-0000-000000000000';
BEGIN
  WHILE last IS NOT NULL LOOP
    WITH batch AS MATERIALIZED (
      SELECT id FROM tasks WHERE id > last ORDER BY id LIMIT 5000
    ), filled AS (
      UPDATE tasks SET assigned_at = assignments.assigned_at
      FROM batch JOIN assignments ON task_id = batch.id
      WHERE tasks.id = batch.id AND tasks.assigned_at IS NULL AND number = assignment_number
    )
    SELECT (SELECT id FROM batch ORDER BY id DESC LIMIT 1) INTO last;
    COMMIT;
  END LOOP;

  -- Few rows, which nobody updates: no lock is waited for.
  UPDATE distributions SET fees_cents = coalesce(charged.cents, 0)
  FROM distributions AS old LEFT JOIN (
    SELECT distribution_id, sum(fee_cents) AS cents
    FROM assignments JOIN tasks ON tasks.id = task_id GROUP BY distribution_id
  ) AS charged ON charged.distribution_id = old.id
  WHERE distributions.id = old.id AND distributions.fees_cents IS NULL;
END $$;
`,
};

import { query } from '../../shared/db/data-source';
import { askActiveEmployeeIds, askSubordinateIds } from '../clients/user';
import type { BoardContext } from '../context';
import type { Person } from '../domain/own-task';
import { windowAround } from '../domain/task-limit';

/** What a person has to do and has done. */
export interface PersonLoad {
  userId: string;
  /** Number of open tasks. */
  open: number;
  /** When the open task that the person has had for longest was dealt; null without one. */
  oldestAssignedAt: Date | null;
  /** Number of tasks finished since the last cut-off. */
  finishedInDay: number;
}

/** `$1` are the people asked about; with `$3`, also everybody else who has an open task. */
const LOAD = `
WITH open_tasks AS (
  SELECT assignee_id AS user_id, count(*)::integer AS open, min(assigned_at) AS oldest
  FROM tasks
  WHERE status = 'open' AND assignee_id IS NOT NULL AND ($3 OR assignee_id = ANY ($1::uuid[]))
  GROUP BY assignee_id
),
done AS (
  SELECT assignee_id AS user_id, count(*)::integer AS finished
  FROM tasks
  WHERE status = 'finished' AND finished_at >= $2 AND ($3 OR assignee_id = ANY ($1::uuid[]))
  GROUP BY assignee_id
),
people AS (SELECT unnest($1::uuid[]) AS user_id UNION SELECT user_id FROM open_tasks)
SELECT user_id AS "userId", coalesce(open, 0) AS open, oldest AS "oldestAssignedAt",
  coalesce(finished, 0) AS "finishedInDay"
FROM people LEFT JOIN open_tasks USING (user_id) LEFT JOIN done USING (user_id)
ORDER BY open DESC NULLS LAST, user_id`;

/**
 * Returns the load of the caller's subordinates, or of everybody who can be dealt tasks or still
 * has one; most open tasks first. The caller's right to the view `all` is not checked here. Throws
 * 503 when User is away.
 */
export async function taskLoad(
  { database, sidecar, now, calendar }: BoardContext,
  caller: Person,
  view: 'subordinates' | 'all',
): Promise<PersonLoad[]> {
  const isAll = view === 'all';
  const ids = isAll
    ? await askActiveEmployeeIds(sidecar)
    : await askSubordinateIds(sidecar, caller.id);
  const { from } = windowAround(await now(database.manager), calendar);
  return query<PersonLoad>(database, LOAD, [ids, from, isAll]);
}

import { query, type Database, type Tx } from '../../shared/db/data-source';
import type { BoardContext } from '../context';
import { tooManyTasks, windowAround, type Window } from '../domain/task-limit';

/** Stops at `LIMIT`: no more rows are read than it takes to say that there are too many. */
const COUNT_CREATED = `
SELECT count(*)::integer AS created FROM (
  SELECT FROM tasks WHERE created_by = $1 AND created_at >= $2 AND created_at < $3 LIMIT $4
) AS theirs`;

/** Counts the tasks that a person created in that window, up to a limit. */
export async function countCreated(
  tx: Tx | Database,
  userId: string,
  { from, to }: Window,
  atMost: number,
): Promise<number> {
  const found = await query<{ created: number }>(tx, COUNT_CREATED, [userId, from, to, atMost]);
  return found[0]!.created;
}

/**
 * Checks, before other services are asked, whether the person may create another task at that
 * moment; `demandTaskLimit` decides. Returns the 429 to throw, or null.
 */
export async function taskLimitReached(
  { database, calendar, tasksPerDay }: BoardContext,
  userId: string,
  moment: Date,
): Promise<Error | null> {
  const window = windowAround(moment, calendar);
  const created = await countCreated(database, userId, window, tasksPerDay);
  return created < tasksPerDay ? null : tooManyTasks(tasksPerDay, moment, window);
}

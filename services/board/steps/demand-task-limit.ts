import { query, type Database, type Tx } from '../../shared/db/data-source';
import type { BoardContext } from '../context';
import { tooManyTasks, windowAround, type Window } from '../domain/task-limit';

type Limits = Pick<BoardContext, 'calendar' | 'tasksPerDay'>;

/** Advisory lock key (arbitrary); with a hash of the user id, serialises a person's creations. */
const CREATION_LOCK = 727_003;

/** Stops at `LIMIT`: no more rows are read than it takes to say that there are too many. */
const COUNT_CREATED = `
SELECT count(*)::integer AS created FROM (
  SELECT FROM tasks WHERE created_by = $1 AND created_at >= $2 AND created_at < $3 LIMIT $4
) AS theirs`;

async function countCreated(
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
  { database, calendar, tasksPerDay }: Limits & Pick<BoardContext, 'database'>,
  userId: string,
  moment: Date,
): Promise<Error | null> {
  const window = windowAround(moment, calendar);
  const created = await countCreated(database, userId, window, tasksPerDay);
  return created < tasksPerDay ? null : tooManyTasks(tasksPerDay, moment, window);
}

/**
 * Counts the person's tasks after another was inserted at that moment; an advisory lock admits one
 * creation per person until the transaction ends. Throws 429 `too-many-tasks`.
 */
export async function demandTaskLimit(
  tx: Tx,
  { calendar, tasksPerDay }: Limits,
  userId: string,
  moment: Date,
): Promise<void> {
  await query(tx, 'SELECT pg_advisory_xact_lock($1, hashtext($2))', [CREATION_LOCK, userId]);
  const window = windowAround(moment, calendar);
  const created = await countCreated(tx, userId, window, tasksPerDay + 1);
  if (created > tasksPerDay) throw tooManyTasks(tasksPerDay, moment, window);
}

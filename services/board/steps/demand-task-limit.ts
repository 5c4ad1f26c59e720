import { query, type Tx } from '../../shared/db/data-source';
import type { BoardContext } from '../context';
import { tooManyTasks, windowAround } from '../domain/task-limit';
import { countCreated } from '../queries/task-limit-reached';

/** Advisory lock key (arbitrary); with a hash of the user id, serialises a person's creations. */
const CREATION_LOCK = 727_003;

/**
 * Counts the person's tasks after another was inserted at that moment; an advisory lock admits one
 * creation per person until the transaction ends. Throws 429 `too-many-tasks`.
 */
export async function demandTaskLimit(
  tx: Tx,
  { calendar, tasksPerDay }: BoardContext,
  userId: string,
  moment: Date,
): Promise<void> {
  await query(tx, 'SELECT pg_advisory_xact_lock($1, hashtext($2))', [CREATION_LOCK, userId]);
  const window = windowAround(moment, calendar);
  const created = await countCreated(tx, userId, window, tasksPerDay + 1);
  if (created > tasksPerDay) throw tooManyTasks(tasksPerDay, moment, window);
}

import { invariant } from '../../shared/kernel/invariant';
import type { BoardContext } from '../context';
import type { Person } from '../domain/own-task';
import type { Task } from '../entities/task.entity';
import { lockChangeableTask } from '../steps/lock-changeable-task';
import { storeTaskChange } from '../steps/store-task-change';
import { publishTaskChange } from '../steps/publish-task-change';

/**
 * Cancels an open task; a fee that was paid for it stays paid. Throws 404, 403 and 409 like
 * `lockChangeableTask`.
 */
export async function cancelTask(
  { database, now }: BoardContext,
  caller: Person,
  taskId: string,
): Promise<Task> {
  return database.transaction(async (tx) => {
    const { id } = await lockChangeableTask(tx, caller, taskId);
    const cancelled = await storeTaskChange(tx, { id, status: 'open' }, { status: 'cancelled' });
    invariant(cancelled, 'a task that we locked stays open');
    await publishTaskChange(tx, cancelled, await now(tx));
    return cancelled;
  });
}

import { notFound } from '../../shared/kernel/errors';
import { askSubordinateIds } from '../clients/user';
import type { BoardContext } from '../context';
import { isSeenBy, type Person } from '../domain/own-task';
import { Task } from '../entities/task.entity';

/**
 * Returns the task if the person may see it. User is asked for the person's subordinates only when
 * nothing else decides. Throws 404, or 503 when User has to be asked and is away.
 */
export async function readTask(
  { database, sidecar }: BoardContext,
  caller: Person,
  taskId: string,
): Promise<Task> {
  const task = await database.manager.findOneBy(Task, { id: taskId });
  if (!task) throw notFound('Task');
  if (isSeenBy(task, caller)) return task;
  const isManagers =
    task.assigneeId !== null &&
    (await askSubordinateIds(sidecar, caller.id)).includes(task.assigneeId);
  if (!isManagers) throw notFound('Task');
  return task;
}

import type { Tx } from '../../shared/db/data-source';
import { forbidden, notFound } from '../../shared/kernel/errors';
import { isChangedBy, isSeenBy, type Person } from '../domain/own-task';
import { alreadyClosed } from '../domain/task-status';
import { Task } from '../entities/task.entity';

/**
 * Returns the task, locked against distributions and other changes, when the person may edit or
 * cancel it. Throws 404, 403 to those who may only see it, 409 when it is no longer open.
 */
export async function lockChangeableTask(tx: Tx, caller: Person, taskId: string): Promise<Task> {
  const lock = { mode: 'pessimistic_write' } as const;
  const task = await tx.findOne(Task, { where: { id: taskId }, lock });
  if (!task) throw notFound('Task');
  if (!isChangedBy(task, caller)) {
    throw isSeenBy(task, caller)
      ? forbidden('A task that was dealt is changed with the permission tasks.distribute')
      : notFound('Task');
  }
  if (task.status !== 'open') throw alreadyClosed(task.status);
  return task;
}

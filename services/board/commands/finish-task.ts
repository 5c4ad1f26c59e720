import { taskFinished } from '../../shared/contracts/events/tasks';
import { notFound } from '../../shared/kernel/errors';
import { event } from '../../shared/messaging/outbox';
import type { BoardContext } from '../context';
import type { Person } from '../domain/own-task';
import { alreadyClosed } from '../domain/task-status';
import { Task } from '../entities/task.entity';
import { storeTaskChange } from '../steps/store-task-change';
import { publishTaskChange } from '../steps/publish-task-change';

/**
 * Finishes the caller's task; Account pays the reward. Throws 404 to everybody but the current
 * assignee, 409 when the task is no longer open.
 */
export async function finishTask(
  { database, now }: BoardContext,
  caller: Person,
  taskId: string,
): Promise<Task> {
  return database.transaction(async (tx) => {
    const finishedAt = await now(tx);
    const theirs = { id: taskId, assigneeId: caller.id };
    const finished = await storeTaskChange(
      tx,
      { ...theirs, status: 'open' },
      { status: 'finished', finishedAt },
    );
    if (!finished) throw refusal(await tx.findOneBy(Task, theirs));
    const data = { taskId, userId: caller.id, finishedAt: finishedAt.toISOString() };
    const fact = event(taskFinished, taskId, data, finishedAt);
    await publishTaskChange(tx, finished, finishedAt, [fact]);
    return finished;
  });
}

/** Returns 404 for an open task: it was dealt to the caller only after the update. */
function refusal(task: Task | null): Error {
  return task === null || task.status === 'open' ? notFound('Task') : alreadyClosed(task.status);
}

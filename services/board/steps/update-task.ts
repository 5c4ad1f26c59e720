import type { FindOptionsWhere } from 'typeorm';
import type { Tx } from '../../shared/db/data-source';
import { Task } from '../entities/task.entity';

/** The task that is meant, and what must be true of it at the moment of the change. */
export type TaskCondition = FindOptionsWhere<Task> & { id: string };

/** What of a task may change by hand; the price and its origin never do. */
export type TaskChange = Partial<
  Pick<Task, 'jiraId' | 'title' | 'description' | 'status' | 'finishedAt'>
>;

/** Changes the task where the condition holds. Returns it as it is then; null when it does not. */
export async function updateTask(
  tx: Tx,
  condition: TaskCondition,
  change: TaskChange,
): Promise<Task | null> {
  const { affected } = await tx.update(Task, condition, {
    ...change,
    version: () => 'version + 1',
  });
  return affected === 1 ? tx.findOneByOrFail(Task, { id: condition.id }) : null;
}

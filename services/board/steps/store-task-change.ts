import type { FindOptionsWhere } from 'typeorm';
import type { Tx } from '../../shared/db/data-source';
import { Task } from '../entities/task.entity';

/** Id of a task, and what must be true of the task at the moment of the update. */
export type TaskCondition = FindOptionsWhere<Task> & { id: string };

/** Fields that people may change; price and origin are fixed. */
export type TaskChange = Partial<
  Pick<Task, 'jiraId' | 'title' | 'description' | 'status' | 'finishedAt'>
>;

/** Updates the task if the condition holds (compare and set). Returns the new state, or null. */
export async function storeTaskChange(
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

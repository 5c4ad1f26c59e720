import { In } from 'typeorm';
import type { BoardContext } from '../context';
import { Task } from '../entities/task.entity';

/** Returns the texts of tasks, in any order; unknown ids are left out. */
export async function readTaskDetails(
  { database }: BoardContext,
  taskIds: readonly string[],
): Promise<Pick<Task, 'id' | 'title' | 'jiraId'>[]> {
  return database.manager.find(Task, {
    select: { id: true, title: true, jiraId: true },
    where: { id: In([...taskIds]) },
  });
}

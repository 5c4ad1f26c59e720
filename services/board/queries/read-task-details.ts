import { In } from 'typeorm';
import type { BoardContext } from '../context';
import { Task } from '../entities/task.entity';

/** The texts of those tasks that exist, in any order. */
export async function readTaskDetails(
  { database }: Pick<BoardContext, 'database'>,
  taskIds: readonly string[],
): Promise<Pick<Task, 'id' | 'title' | 'jiraId'>[]> {
  return database.manager.find(Task, {
    select: { id: true, title: true, jiraId: true },
    where: { id: In([...taskIds]) },
  });
}

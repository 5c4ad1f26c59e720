import type { BoardContext } from '../context';
import type { Person } from '../domain/own-task';
import type { TaskStatus } from '../domain/task-status';
import { Task } from '../entities/task.entity';
import { inScopeOf, subordinatesFor, type TaskScope } from './task-scope';

/** Number of tasks in each state; `unassigned` are the open ones that nobody has. */
export type TaskCounts = Record<TaskStatus | 'unassigned', number>;

const counted = (condition: string): string => `count(*) FILTER (WHERE ${condition})::integer`;

/**
 * Counts tasks in one statement. The caller's right to the view `all` is not checked here. Throws
 * 503 for the view `subordinates` when User is away.
 */
export async function countTasks(
  { database, sidecar }: BoardContext,
  caller: Person,
  scope: TaskScope,
): Promise<TaskCounts> {
  const below = await subordinatesFor(sidecar, caller, scope);
  const tasks = database.manager
    .createQueryBuilder(Task, 'task')
    .select(counted(`task.status = 'open'`), 'open')
    .addSelect(counted(`task.status = 'finished'`), 'finished')
    .addSelect(counted(`task.status = 'cancelled'`), 'cancelled')
    .addSelect(counted(`task.status = 'open' AND task.assigneeId IS NULL`), 'unassigned');
  inScopeOf(tasks, caller, below, scope);
  return (await tasks.getRawOne<TaskCounts>())!;
}

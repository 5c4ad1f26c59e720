import type { SelectQueryBuilder } from 'typeorm';
import type { Database } from '../../shared/db/data-source';
import type { BoardContext } from '../context';
import type { Person } from '../domain/own-task';
import type { TaskStatus } from '../domain/task-status';
import { Task } from '../entities/task.entity';
import { inScopeOf, subordinatesFor, type TaskScope } from './task-scope';

/** Orders of a list of tasks, newest first: by creation, or by when a task was dealt last. */
export type TaskSort = 'createdAt' | 'assignedAt';

/** Place of a task in a list: in the order of creation or of dealing; null = never dealt. */
export type TaskPlace =
  { createdAt: string; id: string } | { assignedAt: string | null; id: string };

/** Filter of tasks, and start of a page. */
export interface TaskFilter extends TaskScope {
  status?: TaskStatus | undefined;
  /** Open tasks that nobody has. */
  unassigned?: boolean | undefined;
  sort?: TaskSort | undefined;
  /** Last task of the previous page, in the same order. */
  after: TaskPlace | null;
  /** Number of rows to read. */
  limit: number;
}

/** The expression of the indexes: tasks that were never dealt come last. */
const DEALT = `coalesce(task.assigned_at, '-infinity')`;

/**
 * Returns tasks, newest first. The caller's right to the view `all` is not checked here. Throws 503
 * for the view `subordinates` when User is away.
 */
export async function listTasks(
  { database, sidecar }: BoardContext,
  caller: Person,
  filter: TaskFilter,
): Promise<Task[]> {
  const below = await subordinatesFor(sidecar, caller, filter);
  return selectTasks(database, caller, below, filter).getMany();
}

/** Returns the query of `listTasks`; `below` are the subordinates, for the view that needs them. */
export function selectTasks(
  database: Database,
  caller: Person,
  below: readonly string[],
  { status, unassigned, sort = 'createdAt', after, limit, ...scope }: TaskFilter,
): SelectQueryBuilder<Task> {
  const tasks = database.manager.createQueryBuilder(Task, 'task').limit(limit);
  if (sort === 'createdAt') tasks.orderBy('task.createdAt', 'DESC');
  else tasks.addSelect(DEALT, 'dealt').orderBy('dealt', 'DESC');
  tasks.addOrderBy('task.id', 'DESC');
  inScopeOf(tasks, caller, below, scope);
  if (status) tasks.andWhere('task.status = :status', { status });
  if (unassigned) tasks.andWhere(`task.assigneeId IS NULL AND task.status = 'open'`);
  if (after) beginAfter(tasks, after);
  return tasks;
}

function beginAfter(tasks: SelectQueryBuilder<Task>, after: TaskPlace): void {
  if ('createdAt' in after) {
    tasks.andWhere('(task.createdAt, task.id) < (:createdAt, :id)', after);
  } else {
    const dealt = after.assignedAt ?? '-infinity';
    tasks.andWhere(`(${DEALT}, task.id) < (:dealt, :id)`, { dealt, id: after.id });
  }
}

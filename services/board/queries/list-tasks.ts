import type { SelectQueryBuilder } from 'typeorm';
import type { Database } from '../../shared/db/data-source';
import { hasPiece } from '../../shared/db/search';
import { askSubordinateIds } from '../clients/user';
import type { BoardContext } from '../context';
import type { Person } from '../domain/own-task';
import type { TaskStatus } from '../domain/task-status';
import { Task } from '../entities/task.entity';

/** Filter of tasks, and start of a page. */
export interface TaskFilter {
  view: 'mine' | 'created' | 'subordinates' | 'all';
  status?: TaskStatus | undefined;
  assignee?: string | undefined;
  /** Substring of `[jira-id] title`; ignores case and ways to write a letter. */
  q?: string | undefined;
  /** Last task of the previous page. */
  after: { createdAt: string; id: string } | null;
  /** Number of rows to read. */
  limit: number;
}

const WITH_PIECE = `task.id IN (
  SELECT texts.task_id FROM task_texts texts WHERE ${hasPiece('texts.key', ':q')})`;

/**
 * Returns tasks, newest first. The caller's right to the view `all` is not checked here. Throws 503
 * for the view `subordinates` when User is away.
 */
export async function listTasks(
  { database, sidecar }: BoardContext,
  caller: Person,
  filter: TaskFilter,
): Promise<Task[]> {
  const isOfOthers = filter.view === 'subordinates';
  const below = isOfOthers ? await askSubordinateIds(sidecar, caller.id) : [];
  return selectTasks(database, caller, below, filter).getMany();
}

/** Returns the query of `listTasks`; `below` are the subordinates, for the view that needs them. */
export function selectTasks(
  database: Database,
  caller: Person,
  below: readonly string[],
  { view, status, assignee, q, after, limit }: TaskFilter,
): SelectQueryBuilder<Task> {
  const tasks = database.manager
    .createQueryBuilder(Task, 'task')
    .orderBy('task.createdAt', 'DESC')
    .addOrderBy('task.id', 'DESC')
    .limit(limit);
  if (view === 'mine') tasks.andWhere('task.assigneeId = :me', { me: caller.id });
  if (view === 'created') tasks.andWhere('task.createdBy = :me', { me: caller.id });
  if (view === 'subordinates') tasks.andWhere('task.assigneeId = ANY(:below::uuid[])', { below });
  if (status) tasks.andWhere('task.status = :status', { status });
  if (assignee) tasks.andWhere('task.assigneeId = :assignee', { assignee });
  if (q) tasks.andWhere(WITH_PIECE, { q });
  if (after) tasks.andWhere('(task.createdAt, task.id) < (:createdAt, :id)', after);
  return tasks;
}

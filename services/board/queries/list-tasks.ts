import type { SelectQueryBuilder } from 'typeorm';
import type { Database } from '../../shared/db/data-source';
import { hasPiece } from '../../shared/db/search';
import { askSubordinateIds } from '../clients/user';
import type { BoardContext } from '../context';
import type { Person } from '../domain/own-task';
import type { TaskStatus } from '../domain/task-status';
import { Task } from '../entities/task.entity';

/** Which tasks, whose, and from where on. */
export interface TaskFilter {
  view: 'mine' | 'created' | 'subordinates' | 'all';
  status?: TaskStatus | undefined;
  assignee?: string | undefined;
  /** Part of `[jira-id] title`, in any case, its letters written in any way. */
  q?: string | undefined;
  /** The last task of the page before. */
  after: { createdAt: string; id: string } | null;
  /** Rows to read. */
  limit: number;
}

const WITH_PIECE = `task.id IN (
  SELECT texts.task_id FROM task_texts texts WHERE ${hasPiece('texts.key', ':q')})`;

/**
 * Tasks, newest first. Whether the caller may see the view `all` is not decided here. Throws 503
 * for the view `subordinates` when User is away.
 */
export async function listTasks(
  { database, sidecar }: Pick<BoardContext, 'database' | 'sidecar'>,
  caller: Person,
  filter: TaskFilter,
): Promise<Task[]> {
  const isOfOthers = filter.view === 'subordinates';
  const below = isOfOthers ? await askSubordinateIds(sidecar, caller.id) : [];
  return selectTasks(database, caller, below, filter).getMany();
}

/** The statement of `listTasks`; `below` are the subordinates, where the view asks for them. */
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

import type { SelectQueryBuilder } from 'typeorm';
import { askSubordinateIds } from '../clients/user';
import type { BoardContext } from '../commands/context';
import type { Person } from '../domain/own-task';
import type { TaskStatus } from '../domain/task-status';
import { Task } from '../entities/task.entity';

/** Which tasks, whose, and from where on. */
export interface TaskFilter {
  view: 'mine' | 'created' | 'subordinates' | 'all';
  status?: TaskStatus | undefined;
  assignee?: string | undefined;
  /** Part of the title or of the Jira id, in any case. */
  q?: string | undefined;
  /** The last task of the page before. */
  after: { createdAt: string; id: string } | null;
  /** Rows to read. */
  limit: number;
}

/**
 * Tasks, newest first. Whether the caller may see the view `all` is not decided here. Throws 503
 * for the view `subordinates` when User is away.
 */
export async function listTasks(
  { database, sidecar }: Pick<BoardContext, 'database' | 'sidecar'>,
  caller: Person,
  { view, status, assignee, q, after, limit }: TaskFilter,
): Promise<Task[]> {
  const tasks = database.manager
    .createQueryBuilder(Task, 'task')
    .orderBy('task.createdAt', 'DESC')
    .addOrderBy('task.id', 'DESC')
    .limit(limit);
  if (view === 'mine') tasks.andWhere('task.assigneeId = :me', { me: caller.id });
  if (view === 'created') tasks.andWhere('task.createdBy = :me', { me: caller.id });
  if (view === 'subordinates') {
    const below = await askSubordinateIds(sidecar, caller.id);
    tasks.andWhere('task.assigneeId = ANY(:below::uuid[])', { below });
  }
  if (status) tasks.andWhere('task.status = :status', { status });
  if (assignee) tasks.andWhere('task.assigneeId = :assignee', { assignee });
  if (q) search(tasks, q);
  if (after) tasks.andWhere('(task.createdAt, task.id) < (:createdAt, :id)', after);
  return tasks.getMany();
}

/** `%`, `_` and `\` are looked for like any other character. */
function search(tasks: SelectQueryBuilder<Task>, q: string): void {
  const pattern = `%${q.replace(/[\\%_]/g, '\\$&')}%`;
  tasks.andWhere('(task.title ILIKE :pattern OR task.jiraId ILIKE :pattern)', { pattern });
}

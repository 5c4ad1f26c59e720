import { $api, type Schemas } from '../../api/client';
import { useList } from '../../api/list';
import type { User } from '../../api/session';

export type Task = Schemas['Task'];
export type Load = Schemas['TaskLoad']['items'][number];

/** Tabs of a list: states, and the open tasks that nobody has. */
export type Tab = Task['status'] | 'unassigned';

/** What is asked for: whose tasks, and which of them. */
export interface Asked {
  view: 'all' | 'subordinates';
  tab: Tab;
  assignee: string | null;
  q: string;
}

const whose = ({ view, assignee, q }: Omit<Asked, 'tab'>) => ({
  view,
  ...(assignee !== null && { assignee }),
  ...(q !== '' && { q }),
});

/** Tasks, newest first. */
export function useTasks(asked: Asked, options: { enabled?: boolean } = {}) {
  const { tab } = asked;
  const which =
    tab === 'unassigned'
      ? { status: 'open' as const, unassigned: 'true' as const }
      : { status: tab };
  return useList('/api/v1/tasks', { query: { ...whose(asked), ...which } }, options);
}

/** How many there are, by state. */
export function useTaskCounts(asked: Omit<Asked, 'tab'>, options: { enabled?: boolean } = {}) {
  const params = { query: whose(asked) };
  return $api.useQuery('get', '/api/v1/tasks/counts', { params }, options);
}

/** What each person has to do and has done, most open tasks first. */
export function useLoad(view: Asked['view'], options: { enabled?: boolean } = {}) {
  return $api.useQuery('get', '/api/v1/tasks/load', { params: { query: { view } } }, options);
}

/** The creator changes a task until it is dealt; else it takes `tasks.distribute`. */
export function isChangedBy(task: Task, user: User | undefined): boolean {
  if (user === undefined || task.status !== 'open') return false;
  const isStillTheirs = task.createdBy === user.id && task.assignmentNumber === 0;
  return isStillTheirs || user.permissions.includes('tasks.distribute');
}

import { $api, type Schemas } from '../../api/client';
import { useList } from '../../api/list';

export type Task = Schemas['Task'];

/** What is asked for: own tasks of a state, or those that one created. */
export interface Asked {
  view: 'mine' | 'created';
  status: Task['status'];
  q: string;
}

/** Own tasks, newest dealt first; those one created, newest first. */
export function useTasks({ view, status, q }: Asked) {
  const sort = view === 'mine' ? ('assignedAt' as const) : ('createdAt' as const);
  return useList('/api/v1/tasks', { query: { view, status, sort, ...(q !== '' && { q }) } });
}

/** How many there are, by state. */
export function useTaskCounts({ view, q }: Pick<Asked, 'view' | 'q'>) {
  const query = { view, ...(q !== '' && { q }) };
  return $api.useQuery('get', '/api/v1/tasks/counts', { params: { query } });
}

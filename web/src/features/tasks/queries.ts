import type { InfiniteData } from '@tanstack/react-query';
import { $api, type Schemas } from '../../api/client';

export type Task = Schemas['Task'];
type Page = { items: Task[]; next: string | null };

/** Rows that a request fetches. */
export const PAGE = 100;

/** What is asked for: own tasks of a state, or those that one created. */
export interface Asked {
  view: 'mine' | 'created';
  status: Task['status'];
  q: string;
}

/** Own tasks, newest dealt first; those one created, newest first. */
export function useTasks({ view, status, q }: Asked) {
  const sort = view === 'mine' ? ('assignedAt' as const) : ('createdAt' as const);
  const query = { view, status, sort, limit: PAGE, ...(q !== '' && { q }) };
  return $api.useInfiniteQuery(
    'get',
    '/api/v1/tasks',
    { params: { query } },
    {
      pageParamName: 'cursor',
      // Null is left out of the query; the default of the hook, 0, is not.
      initialPageParam: null,
      getNextPageParam: (last: Page) => last.next ?? undefined,
      select: (data: InfiniteData<Page>) => data.pages.flatMap(({ items }) => items),
    },
  );
}

/** How many there are, by state. */
export function useTaskCounts({ view, q }: Pick<Asked, 'view' | 'q'>) {
  const query = { view, ...(q !== '' && { q }) };
  return $api.useQuery('get', '/api/v1/tasks/counts', { params: { query } });
}

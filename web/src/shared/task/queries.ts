import { useQueryClient, type InfiniteData, type QueryClient } from '@tanstack/react-query';
import { $api, type Schemas } from '../../api/client';
import { useList } from '../../api/list';
import type { User } from '../../api/session';

export type Task = Schemas['Task'];
type Page = { items: Task[]; next: string | null };

const LIST = '/api/v1/tasks';
const ONE = '/api/v1/tasks/{id}';

const isListed = ({ queryKey }: { queryKey: readonly unknown[] }): boolean => queryKey[1] === LIST;

/** One task; what a list has of it shows at once. */
export function useTask(id: string) {
  const queries = useQueryClient();
  return $api.useQuery(
    'get',
    ONE,
    { params: { path: { id } } },
    { placeholderData: (before) => (before?.id === id ? before : findListed(queries, id)) },
  );
}

function findListed(queries: QueryClient, id: string): Task | undefined {
  const lists = queries.getQueriesData<InfiniteData<Page>>({ predicate: isListed });
  const tasks = lists.flatMap(([, list]) => list?.pages?.flatMap(({ items }) => items) ?? []);
  return tasks.find((task) => task.id === id);
}

/** Who had the task when, latest first. */
export function useAssignments(id: string) {
  return useList('/api/v1/tasks/{id}/assignments', { path: { id } });
}

/** Shows a change of a task before the answer, wherever it is seen; returns what takes it back. */
export function showChange(queries: QueryClient, id: string, change: Partial<Task>): () => void {
  const isOfTask = ({ queryKey: [, path, init] }: { queryKey: readonly unknown[] }): boolean =>
    path === ONE && (init as { params: { path: { id: string } } }).params.path.id === id;
  const before = [
    ...queries.getQueriesData({ predicate: isListed }),
    ...queries.getQueriesData({ predicate: isOfTask }),
  ];
  const changed = (task: Task): Task => (task.id === id ? { ...task, ...change } : task);
  queries.setQueriesData<InfiniteData<Page>>({ predicate: isListed }, (list) =>
    list?.pages
      ? {
          ...list,
          pages: list.pages.map((page) => ({ ...page, items: page.items.map(changed) })),
        }
      : list,
  );
  queries.setQueriesData<Task>({ predicate: isOfTask }, (task) => task && changed(task));
  return () => {
    for (const [key, data] of before) queries.setQueryData(key, data);
  };
}

/** The assignee alone finishes a task. */
export function isFinishedBy(task: Task, user: User | undefined): boolean {
  return task.status === 'open' && user !== undefined && task.assigneeId === user.id;
}

/** The creator changes a task until it is dealt; after that it takes `tasks.distribute`. */
export function isChangedBy(task: Task, user: User | undefined): boolean {
  if (user === undefined || task.status !== 'open') return false;
  const isStillTheirs = task.createdBy === user.id && task.assignmentNumber === 0;
  return isStillTheirs || user.permissions.includes('tasks.distribute');
}

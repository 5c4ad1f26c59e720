import { useCallback } from 'react';
import { Fetched } from '../../../ui/fetched';
import { ListEnd } from '../../../ui/list-end';
import { useTasks, type Asked, type Tab } from '../queries';
import { NoTasks } from './no-tasks';
import { TaskRows } from './task-rows';

const ROWS = 12;

/** The tasks that are asked for, page by page as the end comes in sight. */
export function TaskList({
  caption,
  asked,
  counts,
  onClear,
}: {
  caption: string;
  asked: Asked;
  counts: Readonly<Record<Tab, number>> | undefined;
  onClear: () => void;
}) {
  const tasks = useTasks(asked);
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = tasks;
  const more = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  const isBoardEmpty = !!counts && counts.open + counts.finished + counts.cancelled === 0;
  return (
    <>
      <Fetched query={tasks} rows={ROWS}>
        {(items) =>
          items.length === 0 ? (
            <NoTasks asked={asked} isBoardEmpty={isBoardEmpty} onClear={onClear} />
          ) : (
            <TaskRows caption={caption} tasks={items} total={counts?.[asked.tab]} onEnd={more} />
          )
        }
      </Fetched>
      <ListEnd list={tasks} shown={tasks.data?.length ?? 0} total={counts?.[asked.tab]} />
    </>
  );
}

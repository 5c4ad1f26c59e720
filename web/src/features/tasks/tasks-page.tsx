import { Button } from '@mantine/core';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { generatePath, useLocation, useNavigate, useParams } from 'react-router';
import { addresses } from '../../app/addresses';
import { useAddress } from '../../lib/address';
import { KEEPS_FOCUS } from '../../lib/keeps-focus';
import { Fetched } from '../../ui/fetched';
import { ListEnd } from '../../ui/list-end';
import { pressOnRow } from '../../ui/row-focus';
import { useKeys } from '../../ui/use-keys';
import { NewTask } from '../../shared/task/new-task';
import { useFinishing, type Finishing } from '../../shared/task/use-finishing';
import { WithTaskPanel } from '../../shared/task/with-task-panel';
import { FIELDS, Filters } from './parts/filters';
import { NoTasks } from './parts/no-tasks';
import { TaskRows } from './parts/task-rows';
import { TasksFoot } from './parts/tasks-foot';
import { useLanded } from './parts/use-landed';
import { useTaskCounts, useTasks, type Asked, type Task } from './queries';
import classes from './tasks.module.css';

const ROWS = 6;

/** Own tasks: what landed on me, the button that finishes it, and the task that is open. */
export function TasksPage() {
  const finishing = useFinishing();
  const [isNewAsked, askForNew] = useNewAsked();
  const openTask = useOpenTask();
  useKeys({
    n: () => askForNew(true),
    f: () => pressOnRow('f'),
    j: () => pressOnRow(null),
    k: () => pressOnRow(null),
  });
  return (
    <>
      <WithTaskPanel id={openTask.openId} finishing={finishing} onClose={openTask.close}>
        {(isBeside) => (
          <OwnTasks
            finishing={finishing}
            openTask={openTask}
            isNarrow={isBeside}
            onNew={() => askForNew(true)}
          />
        )}
      </WithTaskPanel>
      {isNewAsked && (
        <NewTask
          onClose={() => askForNew(false)}
          onOpen={(task) => {
            askForNew(false);
            openTask.open(task);
          }}
        />
      )}
    </>
  );
}

/** Whether the dialog of a new task is open: by its button, or asked for by another page. */
function useNewAsked() {
  const { state, key } = useLocation();
  const isAsked = (state as { new?: boolean } | null)?.new === true;
  const [seen, setSeen] = useState<string | null>(null);
  const asked = useState(isAsked);
  if (isAsked && seen !== key) {
    setSeen(key);
    asked[1](true);
  }
  return asked;
}

function OwnTasks({
  finishing,
  openTask: { openId, returnTo, open },
  isNarrow,
  onNew,
}: {
  finishing: Finishing;
  openTask: ReturnType<typeof useOpenTask>;
  isNarrow: boolean;
  onNew: () => void;
}) {
  const { t } = useTranslation('tasks');
  const address = useAddress(FIELDS);
  const { status, q, created } = address.values;
  const asked: Asked = { view: created ? 'created' : 'mine', status, q };
  const where = JSON.stringify(asked);
  const tasks = useTasks(asked);
  const more = useMore(tasks);
  const counts = useTaskCounts(asked).data;
  const isOwnOpen = !created && status === 'open';
  const landed = useLanded(where, isOwnOpen ? tasks.data : undefined);
  const pressed = finishing.sent.filter((one) => one.where === where).map(({ task }) => task);
  const isAll = isOwnOpen && q === '' && !tasks.hasNextPage;
  return (
    <>
      <div className={classes['head']}>
        <h1>{t('title')}</h1>
        <Button onClick={onNew}>{t('new')}</Button>
      </div>
      <Filters address={address} counts={counts} />
      <p role="status" className="visually-hidden">
        {landed.announcement}
      </p>
      <Fetched query={tasks} rows={ROWS}>
        {(items) =>
          items.length + pressed.length === 0 ? (
            <NoTasks asked={asked} onClear={() => address.change({ q: '' })} />
          ) : (
            <TaskRows
              tasks={together(items, pressed)}
              total={counts?.[status]}
              {...{ asked, where, finishing, openId, returnTo, isNarrow }}
              isNew={landed.isNew}
              onOpen={open}
              onEnd={more}
            />
          )
        }
      </Fetched>
      <ListEnd list={tasks} shown={tasks.data?.length ?? 0} total={counts?.[status]} />
      <TasksFoot waiting={isAll ? waitingOf(tasks.data, pressed) : []} />
    </>
  );
}

/** Fetches the next page of a list, unless it is on its way. */
function useMore({
  hasNextPage,
  isFetchingNextPage,
  fetchNextPage,
}: ReturnType<typeof useTasks>): () => void {
  return useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
}

/** The task that the address names, and how it is opened and closed. */
function useOpenTask() {
  const openId = useParams()['id'] ?? null;
  const { search } = useLocation();
  const navigate = useNavigate();
  const [returnTo, setReturnTo] = useState<string | null>(null);
  return {
    openId,
    returnTo: openId === null ? returnTo : null,
    open(task: Task, how: { edit: boolean } = { edit: false }) {
      const pathname = generatePath(addresses.task, { id: task.id });
      void navigate({ pathname, search }, { state: { ...KEEPS_FOCUS, ...how } });
    },
    close() {
      setReturnTo(openId);
      void navigate({ pathname: addresses.tasks, search }, { state: KEEPS_FOCUS });
    },
  };
}

/** Tasks that were just finished stay where they were. */
function together(listed: readonly Task[], pressed: readonly Task[]): Task[] {
  const others = pressed.filter(({ id }) => !listed.some((task) => task.id === id));
  const newest = (one: Task, other: Task): number =>
    (other.assignedAt ?? '').localeCompare(one.assignedAt ?? '');
  return others.length === 0 ? [...listed] : [...listed, ...others].sort(newest);
}

/** Tasks whose rewards are still waiting. */
function waitingOf(listed: readonly Task[] = [], pressed: readonly Task[]): Task[] {
  return listed.filter(({ id }) => !pressed.some((task) => task.id === id));
}

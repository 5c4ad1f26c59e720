import { Checkbox, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { flag, oneOf, text, useAddress } from '../../lib/address';
import { formatMoney } from '../../lib/money';
import { Fetched } from '../../ui/fetched';
import { ListEnd } from '../../ui/list-end';
import { Tabs } from '../../ui/tabs';
import { sayDone, sayFailed } from '../../ui/toasts';
import { useLanguage } from '../../ui/use-language';
import { NoTasks } from './parts/no-tasks';
import { TaskRow } from './parts/task-row';
import { TasksFoot } from './parts/tasks-foot';
import { useTaskCounts, useTasks, type Task } from './queries';
import classes from './tasks.module.css';

const STATES = ['open', 'finished', 'cancelled'] as const;
const FIELDS = { status: oneOf(STATES, 'open'), q: text, created: flag };
const ROWS = 6;

/** Own tasks: what landed on me, and the button that finishes it. */
export function TasksPage() {
  const { t } = useTranslation('tasks');
  const language = useLanguage();
  const { values, change } = useAddress(FIELDS);
  const asked = {
    view: values.created ? ('created' as const) : ('mine' as const),
    status: values.status,
    q: values.q,
  };
  const tasks = useTasks(asked);
  const counts = useTaskCounts(asked).data;
  const [pressed, setPressed] = useState<readonly Task[]>([]);
  return (
    <>
      <div className={classes['head']}>
        <h1>{t('title')}</h1>
      </div>
      <div className={classes['filters']}>
        <Tabs
          label={t('tabs.label')}
          items={STATES.map((state) => ({
            value: state,
            label: t(`tabs.${state}`),
            count: counts?.[state],
          }))}
          value={values.status}
          onChange={(status) => change({ status })}
        />
        <TextInput
          type="search"
          aria-label={t('filters.search')}
          placeholder={t('filters.search')}
          value={values.q}
          onChange={({ currentTarget: { value } }) => change({ q: value }, { replace: true })}
        />
        <Checkbox
          label={t('filters.created')}
          checked={values.created}
          onChange={({ currentTarget: { checked } }) => change({ created: checked })}
        />
      </div>
      <Fetched query={tasks} rows={ROWS}>
        {(items) =>
          items.length + pressed.length === 0 ? (
            <NoTasks asked={asked} onClear={() => change({ q: '' })} />
          ) : (
            <ul className={classes['list']}>
              {together(items, pressed).map((task) => (
                <TaskRow
                  key={task.id}
                  task={task}
                  onSent={(sent) => {
                    setPressed((before) => [...before, sent]);
                    const reward = formatMoney(sent.reward, language, 'always');
                    sayDone(t('toast.finished', { reward }));
                  }}
                  onRefused={(problem, refused) => {
                    setPressed((before) => before.filter(({ id }) => id !== refused.id));
                    sayFailed({ what: t('toast.notFinished', { title: refused.title }), problem });
                  }}
                />
              ))}
            </ul>
          )
        }
      </Fetched>
      <ListEnd list={tasks} shown={tasks.data?.length ?? 0} total={counts?.[values.status]} />
      <TasksFoot open={values.status === 'open' && !values.created ? (tasks.data ?? []) : []} />
    </>
  );
}

/** Tasks that were just finished stay where they were. */
function together(listed: readonly Task[], pressed: readonly Task[]): Task[] {
  const others = pressed.filter(({ id }) => !listed.some((task) => task.id === id));
  const newest = (one: Task, other: Task): number =>
    (other.assignedAt ?? '').localeCompare(one.assignedAt ?? '');
  return others.length === 0 ? [...listed] : [...listed, ...others].sort(newest);
}

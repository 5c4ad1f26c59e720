import { Button } from '@mantine/core';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, generatePath, useNavigate } from 'react-router';
import { addresses } from '../../app/addresses';
import { Allowed } from '../../app/gate';
import { id, oneOf, useAddress, type Address } from '../../lib/address';
import { NewTask } from '../../shared/task/new-task';
import { Tabs } from '../../ui/tabs';
import { useKeys } from '../../ui/use-keys';
import classes from './board.module.css';
import { ByPerson } from './parts/by-person';
import { FILTERS, FilterBar, StateTabs, UNFILTERED } from './parts/filters';
import { TaskList } from './parts/task-list';
import { useTaskCounts } from './queries';

const TABS = ['open', 'unassigned', 'finished', 'cancelled'] as const;
const VIEWS = ['list', 'people'] as const;
const FIELDS = {
  ...FILTERS,
  status: oneOf(TABS, 'open'),
  view: oneOf(VIEWS, 'list'),
  person: id,
};

/** All tasks, as a list or by person. */
export function BoardPage() {
  const { t } = useTranslation('board');
  const address = useAddress(FIELDS);
  const { values, change } = address;
  const { person } = values;
  const choose = useCallback(
    (userId: string) => change({ person: userId === person ? null : userId }),
    [change, person],
  );
  return (
    <>
      <div className={classes['head']}>
        <h1>{t('title')}</h1>
        <Tabs
          label={t('views.label')}
          items={VIEWS.map((view) => ({ value: view, label: t(`views.${view}`) }))}
          value={values.view}
          onChange={(view) => change({ view })}
        />
        <span className={classes['action']}>
          <NewTaskButton />
        </span>
        <Allowed to="tasks.distribute">
          <Button component={Link} to={addresses.distribution}>
            {t('distribute')}
          </Button>
        </Allowed>
      </div>
      {values.view === 'people' ? (
        <ByPerson chosen={person} onChoose={choose} />
      ) : (
        <List address={address} />
      )}
    </>
  );
}

/** A task that was created is shown where its story is. */
function NewTaskButton() {
  const { t } = useTranslation('board');
  const navigate = useNavigate();
  const [isAsked, ask] = useState(false);
  useKeys({ n: () => ask(true) });
  return (
    <>
      <Button variant="default" onClick={() => ask(true)}>
        {t('new')}
      </Button>
      {isAsked && (
        <NewTask
          onClose={() => ask(false)}
          onOpen={(task) => void navigate(generatePath(addresses.task, { id: task.id }))}
        />
      )}
    </>
  );
}

function List({ address: { values, change } }: { address: Address<typeof FIELDS> }) {
  const { t } = useTranslation('board');
  const { status: tab, q, assignee } = values;
  const asked = { view: 'all' as const, tab, q, assignee };
  const counts = useTaskCounts(asked).data;
  // Nobody's tasks are not somebody's: choosing one leaves the other.
  const filter = useCallback<Address<typeof FILTERS>['change']>(
    (filters, how) => {
      const isLeft = !!filters.assignee && tab === 'unassigned';
      change(isLeft ? { ...filters, status: 'open' } : filters, how);
    },
    [change, tab],
  );
  return (
    <>
      <StateTabs
        tabs={TABS}
        counts={counts}
        value={tab}
        onChange={(status) =>
          change(status === 'unassigned' ? { status, assignee: null } : { status })
        }
      />
      <FilterBar address={{ values, change: filter }} count={counts?.[tab]} hasPicker />
      <TaskList
        caption={t('caption')}
        asked={asked}
        counts={counts}
        onClear={() => change(UNFILTERED)}
      />
    </>
  );
}

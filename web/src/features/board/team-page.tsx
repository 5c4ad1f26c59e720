import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { oneOf, useAddress, type Address } from '../../lib/address';
import { Empty } from '../../ui/empty';
import { Fetched } from '../../ui/fetched';
import classes from './board.module.css';
import { FILTERS, FilterBar, StateTabs, UNFILTERED } from './parts/filters';
import { PeopleLoad } from './parts/people-load';
import { TaskList } from './parts/task-list';
import { useLoad, useTaskCounts, useTasks, type Asked, type Load } from './queries';

const TABS = ['open', 'finished', 'cancelled'] as const;
const FIELDS = { ...FILTERS, status: oneOf(TABS, 'open') };
const ROWS = 6;

function askedBy({ values: { status, q, assignee } }: Address<typeof FIELDS>): Asked {
  return { view: 'subordinates', tab: status, q, assignee };
}

/** Whether one's people keep up: what each has to do and has done, and their tasks. */
export function TeamPage() {
  const { t } = useTranslation('board');
  const address = useAddress(FIELDS);
  const load = useLoad('subordinates');
  // The list below waits for no other answer.
  useTasks(askedBy(address));
  return (
    <>
      <h1>{t('team.title')}</h1>
      {load.data === undefined && load.error !== null && <p>{t('team.away')}</p>}
      <Fetched query={load} rows={ROWS}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={t('team.empty')}>{t('team.emptyWhy')}</Empty>
          ) : (
            <Team items={items} address={address} />
          )
        }
      </Fetched>
    </>
  );
}

function Team({ items, address }: { items: readonly Load[]; address: Address<typeof FIELDS> }) {
  const { t } = useTranslation('board');
  const { values, change } = address;
  const { status: tab, assignee } = values;
  const asked = askedBy(address);
  const counts = useTaskCounts(asked).data;
  const choose = useCallback(
    (userId: string) => change({ assignee: userId === assignee ? null : userId }),
    [change, assignee],
  );
  return (
    <>
      <p className="quiet">{t('team.choose')}</p>
      <PeopleLoad caption={t('team.caption')} items={items} chosen={assignee} onChoose={choose} />
      <h2 className={classes['below']}>{t('team.tasks')}</h2>
      <StateTabs
        tabs={TABS}
        counts={counts}
        value={tab}
        onChange={(status) => change({ status })}
      />
      <FilterBar address={{ values, change }} count={counts?.[tab]} hasPicker={false} />
      <TaskList
        caption={t('team.tasks')}
        asked={asked}
        counts={counts}
        onClear={() => change(UNFILTERED)}
      />
    </>
  );
}

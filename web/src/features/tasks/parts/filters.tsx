import { useTranslation } from 'react-i18next';
import { flag, oneOf, text, type Address } from '../../../lib/address';
import { Search } from '../../../ui/search';
import { Tabs } from '../../../ui/tabs';
import classes from '../tasks.module.css';

const STATES = ['open', 'finished', 'cancelled'] as const;

/** What the address says of the list. */
export const FIELDS = { status: oneOf(STATES, 'open'), q: text, created: flag };

/** Tabs of states with their counts, search, and the choice of one's own creations. */
export function Filters({
  address: { values, change },
  counts,
}: {
  address: Address<typeof FIELDS>;
  counts: Readonly<Record<(typeof STATES)[number], number>> | undefined;
}) {
  const { t } = useTranslation('tasks');
  return (
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
      <Search
        className={classes['search']}
        label={t('filters.search')}
        value={values.q}
        onChange={(q) => change({ q }, { replace: true })}
      />
      <label className={classes['check']}>
        <input
          type="checkbox"
          checked={values.created}
          onChange={({ currentTarget: { checked } }) => change({ created: checked })}
        />
        {t('filters.created')}
      </label>
    </div>
  );
}

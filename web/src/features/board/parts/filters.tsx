import { Button } from '@mantine/core';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePeople } from '../../../api/people';
import { id, text, type Address } from '../../../lib/address';
import { Dialog } from '../../../ui/dialog';
import { FilterChips } from '../../../ui/filters';
import { Search } from '../../../ui/search';
import { PersonPicker } from '../../../ui/person-picker';
import { Tabs } from '../../../ui/tabs';
import { useIsPhone } from '../../../ui/use-is-phone';
import classes from '../board.module.css';
import type { Tab } from '../queries';

/** Filters that a list has beside its tabs. */
export const FILTERS = { q: text, assignee: id };
export const UNFILTERED = { q: '', assignee: null };

interface Filters {
  /** Values of the address, and how they change. */
  address: Pick<Address<typeof FILTERS>, 'values' | 'change'>;
  /** Tasks that the filters leave, when that is known. */
  count: number | undefined;
  /** Whether an assignee is looked for here; else it is chosen elsewhere on the page. */
  hasPicker: boolean;
}

/** Tabs of states with their counts. */
export function StateTabs<T extends Tab>({
  tabs,
  counts,
  value,
  onChange,
}: {
  tabs: readonly T[];
  counts: Readonly<Record<Tab, number>> | undefined;
  value: T;
  onChange: (tab: T) => void;
}) {
  const { t } = useTranslation('board');
  const items = tabs.map((tab) => ({
    value: tab,
    label: t(`tabs.${tab as Tab}`),
    count: counts?.[tab],
  }));
  return <Tabs label={t('tabs.label')} items={items} value={value} onChange={onChange} />;
}

/** Search and assignee: beside each other, or on phones in a sheet; below, what is filtered. */
export function FilterBar(props: Filters) {
  const isPhone = useIsPhone();
  return (
    <>
      {isPhone ? <Sheet {...props} /> : <Fields {...props} />}
      <Chips {...props} />
    </>
  );
}

function Fields({ address: { values, change }, hasPicker }: Filters) {
  const { t } = useTranslation('board');
  const search = useCallback((q: string) => change({ q }, { replace: true }), [change]);
  return (
    <div className={classes['fields']}>
      <Search label={t('filters.search')} value={values.q} onChange={search} />
      {hasPicker && (
        <PersonPicker
          label={t('filters.assignee')}
          value={values.assignee}
          onChange={(assignee) => change({ assignee })}
        />
      )}
    </div>
  );
}

function Sheet(props: Filters) {
  const { t } = useTranslation('board');
  const { t: common } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const close = (): void => setOpen(false);
  return (
    <>
      <Button variant="default" onClick={() => setOpen(true)} className={classes['touch']}>
        {common('filters.label')}
      </Button>
      {isOpen && (
        <Dialog title={common('filters.label')} onClose={close} isSheet>
          <Fields {...props} />
          <Button fullWidth onClick={close} className={classes['touch']} mt="md">
            {props.count === undefined
              ? t('filters.show')
              : t('filters.showCount', { count: props.count })}
          </Button>
        </Dialog>
      )}
    </>
  );
}

function Chips({ address: { values, change } }: Filters) {
  const { t } = useTranslation('board');
  const { q, assignee } = values;
  const nameOf = usePeople([assignee]);
  const chips = [
    ...(q === ''
      ? []
      : [{ key: 'q', text: t('chips.text', { text: q }), onRemove: () => change({ q: '' }) }]),
    ...(assignee === null
      ? []
      : [
          {
            key: 'assignee',
            text: t('chips.assignee', { name: nameOf(assignee) }),
            onRemove: () => change({ assignee: null }),
          },
        ]),
  ];
  return <FilterChips chips={chips} onClear={() => change(UNFILTERED)} />;
}

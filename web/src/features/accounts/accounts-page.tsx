import { Button } from '@mantine/core';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { addresses } from '../../app/addresses';
import { oneOf, text, useAddress } from '../../lib/address';
import { CsvLink } from '../../ui/csv-link';
import { Empty } from '../../ui/empty';
import { Fetched } from '../../ui/fetched';
import { FilterChips } from '../../ui/filters';
import { ListEnd } from '../../ui/list-end';
import { Search } from '../../ui/search';
import { Tabs } from '../../ui/tabs';
import { AccountRows } from './parts/account-rows';
import { FILTERS, filtersOf, useAccounts, type Asked } from './queries';
import classes from './accounts.module.css';

const FIELDS = { q: text, filter: oneOf(FILTERS, 'all') };
const ROWS = 10;

/** Everybody's money. */
export function AccountsPage() {
  const { t } = useTranslation('accounts');
  const { values, change } = useAddress(FIELDS);
  const { q } = values;
  const accounts = useAccounts(values);
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = accounts;
  const more = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  const search = useCallback(
    (typed: string) => change({ q: typed.trim() }, { replace: true }),
    [change],
  );
  const clear = (): void => change({ q: '' });
  const chip = { key: 'q', text: t('chips.q', { text: q }), onRemove: clear };
  return (
    <>
      <div className={classes['head']}>
        <h1>{t('title')}</h1>
        <span className={classes['links']}>
          <Link to={addresses.companyAccount}>{t('company')}</Link>
          <CsvLink path="/api/v1/accounts.csv" filters={filtersOf(values)} />
        </span>
      </div>
      <div className={classes['filters']}>
        <Tabs
          label={t('tabs.label')}
          items={FILTERS.map((value) => ({ value, label: t(`tabs.${value}`) }))}
          value={values.filter}
          onChange={(filter) => change({ filter })}
        />
        <Search label={t('search')} value={q} onChange={search} />
      </div>
      <FilterChips chips={q === '' ? [] : [chip]} onClear={clear} />
      <Fetched query={accounts} rows={ROWS}>
        {(items) =>
          items.length === 0 ? (
            <NoAccounts asked={values} onClear={clear} />
          ) : (
            <AccountRows accounts={items} onEnd={more} />
          )
        }
      </Fetched>
      <ListEnd list={accounts} shown={accounts.data?.length ?? 0} />
    </>
  );
}

function NoAccounts({ asked: { q, filter }, onClear }: { asked: Asked; onClear: () => void }) {
  const { t } = useTranslation('accounts');
  const { t: common } = useTranslation();
  if (q !== '') {
    const clear = (
      <Button variant="default" onClick={onClear}>
        {common('actions.clearFilters')}
      </Button>
    );
    return <Empty title={common('list.noMatch')} action={clear} />;
  }
  if (filter === 'below-zero') return <Empty title={t('noneBelowZero')} />;
  if (filter === 'held') return <Empty title={t('noneHeld')} />;
  return <Empty title={t('empty')}>{t('emptyWhy')}</Empty>;
}

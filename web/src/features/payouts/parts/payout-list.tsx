import { Button } from '@mantine/core';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { Empty } from '../../../ui/empty';
import { Fetched } from '../../../ui/fetched';
import { ListEnd } from '../../../ui/list-end';
import { Tabs } from '../../../ui/tabs';
import {
  STATES,
  STATES_OF,
  countOf,
  usePayouts,
  type Asked,
  type Counts,
  type Tab,
} from '../queries';
import { PayoutRows } from './payout-rows';
import { type useNeedsYou } from './use-needs-you';

const ROWS = 8;

/** Tabs of payouts with their numbers; that of *needs you* is what was looked through. */
export function PayoutTabs({
  tabs,
  counts,
  needy,
  value,
  onChange,
}: {
  tabs: readonly Tab[];
  counts: Counts | undefined;
  needy: number | undefined;
  value: Tab;
  onChange: (tab: Tab) => void;
}) {
  const { t } = useTranslation('payouts');
  const numberOf = (tab: Tab): number | undefined => {
    if (!counts) return undefined;
    if (tab === 'needs-you') return countOf(counts, STATES_OF[tab]) === 0 ? 0 : needy;
    return countOf(counts, tab === 'all' ? STATES : STATES_OF[tab]);
  };
  return (
    <Tabs
      label={t('tabs.label')}
      items={tabs.map((tab) => ({ value: tab, label: t(`tabs.${tab}`), count: numberOf(tab) }))}
      value={value}
      onChange={onChange}
    />
  );
}

/** Payouts of a tab, page by page; `needsYou` was fetched for the number of its tab already. */
export function PayoutList({
  asked,
  tab,
  needsYou,
  counts,
  hasDay,
  onClear,
}: {
  asked: Asked;
  tab: Tab;
  needsYou: ReturnType<typeof useNeedsYou>;
  counts: Counts | undefined;
  hasDay: boolean;
  /** Takes filters away; null where there are none. */
  onClear: (() => void) | null;
}) {
  const isNeedsYou = tab === 'needs-you';
  const others = usePayouts(asked, tab, !isNeedsYou);
  const list = isNeedsYou ? needsYou : others;
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = list;
  const more = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  const all = counts && countOf(counts, tab === 'all' ? STATES : STATES_OF[tab]);
  const total = isNeedsYou ? needsYou.count : all;
  return (
    <>
      <Fetched query={list} rows={ROWS}>
        {(payouts) =>
          payouts.length === 0 ? (
            <NoPayouts tab={tab} onClear={onClear} />
          ) : (
            <PayoutRows payouts={payouts} total={total} hasDay={hasDay} onEnd={more} />
          )
        }
      </Fetched>
      <ListEnd list={list} shown={list.data?.length ?? 0} total={total} />
    </>
  );
}

function NoPayouts({ tab, onClear }: { tab: Tab; onClear: (() => void) | null }) {
  const { t } = useTranslation('payouts');
  const { t: common } = useTranslation();
  if (onClear !== null) {
    const clear = (
      <Button variant="default" onClick={onClear}>
        {common('actions.clearFilters')}
      </Button>
    );
    return <Empty title={common('list.noMatch')} action={clear} />;
  }
  if (tab === 'needs-you') return <Empty title={t('list.empty')}>{t('list.emptyWhy')}</Empty>;
  if (tab === 'all') return <Empty title={t('list.none')}>{t('list.noneWhy')}</Empty>;
  return <Empty title={t('list.noneOfState')} />;
}

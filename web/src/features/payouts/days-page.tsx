import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useSettings } from '../../api/session';
import { CsvLink } from '../../ui/csv-link';
import { Empty } from '../../ui/empty';
import { Fetched } from '../../ui/fetched';
import { ListEnd } from '../../ui/list-end';
import { BeforeCutOff } from './parts/before-cut-off';
import { DayRows } from './parts/day-rows';
import { useDays, type BusinessDay } from './queries';
import classes from './payouts.module.css';

const ROWS = 8;

/** How each evening went, and what the next one would do. */
export function DaysPage() {
  const { t } = useTranslation('payouts');
  const settings = useSettings().data;
  const days = useDays();
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = days;
  const more = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  return (
    <>
      <div className={classes['head']}>
        <h1>{t('days.title')}</h1>
        <CsvLink path="/api/v1/business-days.csv" />
      </div>
      <Fetched query={days} rows={ROWS}>
        {(items) => {
          const open = openDay(items);
          return (
            <>
              <BeforeCutOff openDay={open} hasLink />
              <DayRows days={items} open={open} onEnd={more} />
              {items.every(({ state }) => state === 'open') && (
                <Empty title={t('days.empty')}>
                  {settings && t('days.emptyWhy', { time: settings.cutOff })}
                </Empty>
              )}
            </>
          );
        }}
      </Fetched>
      <ListEnd list={days} shown={days.data?.length ?? 0} />
    </>
  );
}

/** The day that can be closed: the first that is not, and the last in the list. */
function openDay(days: readonly BusinessDay[]): BusinessDay | undefined {
  return days.findLast(({ state }) => state === 'open');
}

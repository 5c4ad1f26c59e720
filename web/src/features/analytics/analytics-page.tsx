import { useTranslation } from 'react-i18next';
import { day, flag, oneOf, useAddress } from '../../lib/address';
import { rangeFault } from '../../lib/day-range';
import { Fetched } from '../../ui/fetched';
import { WhenSeen } from '../../ui/when-seen';
import classes from './analytics.module.css';
import { BelowZero } from './parts/below-zero';
import { CurrentDay } from './parts/current-day';
import { Dearest } from './parts/dearest';
import { Earnings } from './parts/earnings';
import { ChosenRange } from './parts/chosen-range';
import { periods, useEarnings } from './queries';

const FIELDS = { from: day, to: day, period: oneOf(periods, 'week'), table: flag };
const DEFAULT = { from: null, to: null };
const ROWS = 3;
const PLACE_PX = 240;

/** Is the company earning: the current business day, by day, who is below zero, dearest tasks. */
export function AnalyticsPage() {
  const { t } = useTranslation('analytics');
  const { values, change } = useAddress(FIELDS);
  const { from, to, period, table } = values;
  const range = { from, to };
  // The newest of the default range is the open day; without a chosen range it is one request.
  const current = useEarnings(DEFAULT);
  const earnings = useEarnings(range);
  const openDay = current.data?.items[0]?.day;
  const fault = rangeFault(range);
  return (
    <>
      <h1>{t('title')}</h1>
      <Fetched query={current} rows={1}>
        {({ items: [newest] }) => newest && <CurrentDay figures={newest} />}
      </Fetched>
      <section className={classes['part']}>
        <h2>{t('range.title')}</h2>
        <ChosenRange range={range} fault={fault} openDay={openDay} onChange={change} />
        {fault === null && (
          <Fetched query={earnings} rows={ROWS}>
            {({ items }) => (
              <Earnings
                days={items}
                isTable={table}
                onTable={(isTable) => change({ table: isTable })}
              />
            )}
          </Fetched>
        )}
      </section>
      <div className={classes['columns']}>
        {fault === null && (
          <WhenSeen height={PLACE_PX}>
            <Dearest
              range={range}
              period={period}
              onPeriod={(chosen) => change({ period: chosen })}
            />
          </WhenSeen>
        )}
        <WhenSeen height={PLACE_PX}>
          <BelowZero />
        </WhenSeen>
      </div>
    </>
  );
}

import { Button } from '@mantine/core';
import { Suspense, lazy } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDay } from '../../../lib/time';
import { Amount } from '../../../ui/amount';
import { Empty } from '../../../ui/empty';
import { Skeletons } from '../../../ui/skeletons';
import { useLanguage } from '../../../ui/use-language';
import { WhenSeen } from '../../../ui/when-seen';
import classes from '../analytics.module.css';
import type { DayEarnings } from '../queries';

const Chart = lazy(async () => ({ default: (await import('./earnings-chart')).EarningsChart }));
const CHART_PX = 260;
const ROWS = 5;
const COLUMNS = ['fees', 'rewards', 'corrections', 'earned'] as const;

/** What was earned by business day, as bars or as a table. */
export function Earnings({
  days,
  isTable,
  onTable,
}: {
  days: readonly DayEarnings[];
  isTable: boolean;
  onTable: (isTable: boolean) => void;
}) {
  const { t } = useTranslation('analytics');
  if (days.length === 0) return <Empty title={t('chart.empty')} />;
  return (
    <>
      <div className={classes['partHead']}>
        <h3>{t('chart.title')}</h3>
        <Button
          variant="default"
          size="compact-md"
          aria-pressed={isTable}
          onClick={() => onTable(!isTable)}
        >
          {t('chart.asTable')}
        </Button>
      </div>
      {isTable ? (
        <Table days={days} />
      ) : (
        <WhenSeen height={CHART_PX}>
          <Suspense fallback={<Skeletons rows={ROWS} />}>
            <Chart days={days} />
          </Suspense>
        </WhenSeen>
      )}
    </>
  );
}

function Table({ days }: { days: readonly DayEarnings[] }) {
  const { t } = useTranslation('analytics');
  const language = useLanguage();
  return (
    // The keyboard scrolls it, too.
    <div className={classes['scroll']} role="region" aria-label={t('chart.caption')} tabIndex={0}>
      <table className={classes['table']}>
        <caption className="visually-hidden">{t('chart.caption')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('chart.day')}</th>
            {COLUMNS.map((column) => (
              <th key={column} scope="col" data-align="end">
                {t(`figures.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {days.map((figures) => (
            <tr key={figures.day}>
              <th scope="row">{formatDay(figures.day, language, { weekday: true })}</th>
              {COLUMNS.map((column) => (
                <td key={column} data-align="end">
                  <Amount value={figures[column]} tone={column === 'earned' ? 'meaning' : 'none'} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

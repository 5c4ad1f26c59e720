import '@mantine/charts/styles.css';
import { BarChart } from '@mantine/charts';
import { useTranslation } from 'react-i18next';
import { formatMoney, lengthOf } from '../../../lib/money';
import { formatDay } from '../../../lib/time';
import { useLanguage } from '../../../ui/use-language';
import classes from '../analytics.module.css';
import type { DayEarnings } from '../queries';

const HEIGHT_PX = 260;
const AXIS_PX = 80;

interface Bar {
  day: string;
  /** Minor units as a number: the height of the bar alone. What is read is `text`. */
  height: number;
  text: string;
}

/** Bars of what was earned, oldest day first. */
export function EarningsChart({ days }: { days: readonly DayEarnings[] }) {
  const { t } = useTranslation('analytics');
  const language = useLanguage();
  const currency = days[0]?.earned.currency ?? '';
  const bars: Bar[] = days.toReversed().map(({ day, earned }) => ({
    day: formatDay(day, language),
    height: lengthOf(earned),
    text: formatMoney(earned, language),
  }));
  const tick = (value: number): string =>
    formatMoney({ amount: String(Math.round(value)), currency }, language);
  return (
    <figure className={classes['chart']} role="img" aria-label={t('chart.label')}>
      <BarChart
        h={HEIGHT_PX}
        data={bars}
        dataKey="day"
        series={[{ name: 'height', label: t('figures.earned') }]}
        getBarColor={(value) => (value < 0 ? 'var(--out)' : 'var(--good)')}
        yAxisProps={{ width: AXIS_PX, tickFormatter: tick }}
        barChartProps={{ accessibilityLayer: false }}
        tooltipProps={{ content: Tip }}
        withLegend={false}
        textColor="var(--quiet)"
      />
    </figure>
  );
}

function Tip({ payload }: { payload?: readonly { payload?: unknown }[] }) {
  const bar = payload?.[0]?.payload as Bar | undefined;
  if (!bar) return null;
  return (
    <div className={classes['tip']}>
      {bar.day} <strong>{bar.text}</strong>
    </div>
  );
}

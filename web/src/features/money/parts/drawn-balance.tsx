import '@mantine/charts/styles.css';
import { AreaChart } from '@mantine/charts';
import { useTranslation } from 'react-i18next';
import { formatMoney, lengthOf } from '../../../lib/money';
import { formatDay } from '../../../lib/time';
import type { StatementDay } from '../../../shared/statement/queries';
import { useLanguage } from '../../../ui/use-language';

const HEIGHT_PX = 160;
const AXIS_PX = 80;

/** Line of the balance at each day's end, oldest first; the statement has the numbers. */
export function DrawnBalance({ days }: { days: readonly StatementDay[] }) {
  const { t } = useTranslation('money');
  const language = useLanguage();
  const currency = days[0]?.closing.currency ?? '';
  const points = days
    .toSorted((one, other) => one.day.localeCompare(other.day))
    .map(({ day, closing }) => ({ day: formatDay(day, language), height: lengthOf(closing) }));
  const money = (value: number): string =>
    formatMoney({ amount: String(Math.round(value)), currency }, language);
  return (
    <figure role="img" aria-label={t('chart.label')}>
      <AreaChart
        h={HEIGHT_PX}
        data={points}
        dataKey="day"
        series={[{ name: 'height', label: t('balance'), color: 'var(--accent)' }]}
        yAxisProps={{ width: AXIS_PX, tickFormatter: money }}
        areaChartProps={{ accessibilityLayer: false }}
        valueFormatter={money}
        curveType="linear"
        withDots={false}
        textColor="var(--quiet)"
      />
    </figure>
  );
}

import { useTranslation } from 'react-i18next';
import { useSettings } from '../../api/session';
import { formatMoney, signOf } from '../../lib/money';
import { cityOf, formatDay, formatWeekdayTime, viewerZone } from '../../lib/time';
import { useLanguage } from '../../ui/use-language';
import type { StatementDay } from './queries';
import classes from './statement.module.css';

/** A business day with both its ends: it begins the evening before. */
export function DayHead({ day: { day, from, cutOffAt, state } }: { day: StatementDay }) {
  const { t } = useTranslation('statement');
  const language = useLanguage();
  const zone = useSettings().data?.businessTimeZone ?? viewerZone();
  return (
    <div className={classes['day']}>
      <strong>{t('day', { day: formatDay(day, language, { weekday: true }) })}</strong>{' '}
      <span className="quiet">
        {t('between', {
          from: formatWeekdayTime(from, language, zone),
          to: formatWeekdayTime(cutOffAt, language, zone),
          city: cityOf(zone),
        })}
        {state === 'open' && ` · ${t('open')}`}
      </span>
    </div>
  );
}

/** How the balance of the day's beginning became that of its end; rare zeros are left out. */
export function DaySums({ day }: { day: StatementDay }) {
  const { t } = useTranslation('statement');
  const language = useLanguage();
  const parts = (['fees', 'rewards', 'corrections', 'returned', 'paid'] as const).filter(
    (part) => part === 'fees' || part === 'rewards' || signOf(day[part]) !== 0,
  );
  return (
    <div className={`quiet ${classes['sums']}`}>
      {[
        t('opening', { amount: formatMoney(day.opening, language) }),
        ...parts.map((part) =>
          t(`sums.${part}`, { amount: formatMoney(day[part], language, 'always') }),
        ),
      ].join(' · ')}
    </div>
  );
}

/** Why nothing was paid when the day was closed. */
export function Carried({ day: { carriedBecause } }: { day: StatementDay }) {
  const { t } = useTranslation('statement');
  return carriedBecause && <em>{t(`carried.${carriedBecause}`)}</em>;
}

import { useTranslation } from 'react-i18next';
import { $api } from '../api/client';
import { useMe, useSettings } from '../api/session';
import { cityOf, formatDay, formatWeekdayTime, timeLeft } from '../lib/time';
import { useLanguage } from '../ui/use-language';
import { useNow } from '../ui/use-now';
import classes from './day-clock.module.css';

/** The open business day and the time until its cut-off; nothing while Account is away. */
export function DayClock() {
  const { t } = useTranslation();
  const language = useLanguage();
  const now = useNow();
  const isSignedIn = useMe() !== undefined;
  const settings = useSettings().data;
  const { data: account } = $api.useQuery('get', '/api/v1/accounts/me', {});
  if (!account || !settings || !isSignedIn) return null;
  const { day, from, cutOffAt } = account.openDay;
  const zone = settings.businessTimeZone;
  const { hours, minutes } = timeLeft(cutOffAt, now);
  const title = t('clock.title', {
    from: formatWeekdayTime(from, language, zone),
    to: formatWeekdayTime(cutOffAt, language, zone),
    city: cityOf(zone),
  });
  const isOver = hours + minutes === 0;
  return (
    <span className={classes['clock']} title={title}>
      {t('clock.day', { day: formatDay(day, language) })}
      <span className={classes['left']}>
        {' · '}
        {isOver ? t('clock.closing') : t('clock.ends', { hours, minutes })}
      </span>
    </span>
  );
}

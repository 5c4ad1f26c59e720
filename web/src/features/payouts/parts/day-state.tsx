import { useTranslation } from 'react-i18next';
import { useSettings } from '../../../api/session';
import { formatWeekdayTime, timeLeft } from '../../../lib/time';
import { Moment } from '../../../ui/moment';
import { useLanguage } from '../../../ui/use-language';
import { useNow } from '../../../ui/use-now';
import type { BusinessDay } from '../queries';
import classes from '../payouts.module.css';

/** Whether a day is open and until when, or when it was closed and by whom. */
export function DayState({ day, nameOf }: { day: BusinessDay; nameOf: (id: string) => string }) {
  const { t } = useTranslation('payouts');
  const language = useLanguage();
  const zone = useSettings().data?.businessTimeZone;
  const { hours, minutes } = timeLeft(day.cutOffAt, useNow());
  if (day.state === 'open') {
    if (hours + minutes === 0) return <>{t('days.ended')}</>;
    const time = zone === undefined ? '' : formatWeekdayTime(day.cutOffAt, language, zone);
    return <>{t('days.open', { time })}</>;
  }
  const by = day.closedBy;
  return (
    <span className="quiet">
      <span className={classes['part']}>
        {by === null ? t('days.closedBySelf') : t('days.closedBy', { name: nameOf(by) })}
        {day.closedAt !== null && ' ·'}
      </span>{' '}
      {day.closedAt !== null && (
        <span className={classes['part']}>
          <Moment at={day.closedAt} />
        </span>
      )}
    </span>
  );
}

import { useTranslation } from 'react-i18next';
import { useSettings } from '../../../api/session';
import { cityOf, formatDay, formatWeekdayTime } from '../../../lib/time';
import { useLanguage } from '../../../ui/use-language';
import type { BusinessDay } from '../queries';

/** A business day is never "today": both its ends, in the business zone. */
export function useRange({ from, cutOffAt }: Pick<BusinessDay, 'from' | 'cutOffAt'>): string {
  const { t } = useTranslation('payouts');
  const language = useLanguage();
  const zone = useSettings().data?.businessTimeZone;
  if (zone === undefined) return '';
  return t('days.range', {
    from: formatWeekdayTime(from, language, zone),
    to: formatWeekdayTime(cutOffAt, language, zone),
    city: cityOf(zone),
  });
}

/** Name of a business day, with both its ends in its title. */
export function DayName({ day }: { day: BusinessDay }) {
  const language = useLanguage();
  return <span title={useRange(day)}>{formatDay(day.day, language, { weekday: true })}</span>;
}

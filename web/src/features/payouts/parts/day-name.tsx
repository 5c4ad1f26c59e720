import { useTranslation } from 'react-i18next';
import { generatePath } from 'react-router';
import { useSettings } from '../../../api/session';
import { addresses } from '../../../app/addresses';
import { cityOf, formatDay, formatWeekdayTime } from '../../../lib/time';
import { RowLink } from '../../../ui/row-link';
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

/** Name of a business day in a row: both its ends in the title, and a link to its page. */
export function DayName({ day }: { day: BusinessDay }) {
  const language = useLanguage();
  return (
    <RowLink to={generatePath(addresses.day, { day: day.day })} title={useRange(day)}>
      {formatDay(day.day, language, { weekday: true })}
    </RowLink>
  );
}

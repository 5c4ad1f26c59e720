import { useTranslation } from 'react-i18next';
import type { Problem } from '../../../api/problems';
import { useSettings } from '../../../api/session';
import { addDays, cityOf, dayIn, formatDay, formatTime, type Day } from '../../../lib/time';
import { useLanguage } from '../../../ui/use-language';
import { useNow } from '../../../ui/use-now';

const NOT_BEGUN = 'business-day-not-begun';

/** Whether a closing was refused because the day is still to come. */
export function isNotBegun(problem: Problem | null): boolean {
  return problem?.type === NOT_BEGUN;
}

/**
 * Whether a day has begun, by the viewer's clock: one that was opened early begins at the usual
 * cut-off of the day before. The server is asked for no preview before that, and would refuse it.
 */
export function useHasBegun(day: Day | undefined): boolean {
  const settings = useSettings().data;
  const now = new Date(useNow()).toISOString();
  if (!settings || day === undefined) return false;
  const zone = settings.businessTimeZone;
  // Dates and times are written so that their order is that of their letters.
  const written = `${dayIn(now, zone)} ${formatTime(now, 'en', zone)}`;
  return written >= `${addDays(day, -1)} ${settings.cutOff}`;
}

/** When a day begins that was opened early: at the usual cut-off of the day before. */
export function NotBegun({ day }: { day: Day }) {
  const { t } = useTranslation('payouts');
  const language = useLanguage();
  const settings = useSettings().data;
  if (!settings) return null;
  return (
    <p role="status">
      {t('closing.notBegun', {
        day: formatDay(addDays(day, -1), language),
        time: settings.cutOff,
        city: cityOf(settings.businessTimeZone),
      })}
    </p>
  );
}

import { useSettings } from '../api/session';
import {
  cityOf,
  dayIn,
  formatAgo,
  formatFullMoment,
  formatMoment,
  formatTime,
  viewerZone,
} from '../lib/time';
import { useLanguage } from './use-language';
import { useNow } from './use-now';

/**
 * Moment in the viewer's zone: relative below an hour, time alone on the viewer's current date. Its
 * title says it in full, in the business zone too where that differs.
 */
export function Moment({ at }: { at: string }) {
  const language = useLanguage();
  const now = useNow();
  const zone = viewerZone();
  const businessZone = useSettings().data?.businessTimeZone ?? zone;
  const isToday = dayIn(at, zone) === dayIn(new Date(now).toISOString(), zone);
  const text =
    formatAgo(at, language, now) ??
    (isToday ? formatTime(at, language, zone) : formatMoment(at, language, zone));
  const full = [...new Set([zone, businessZone])].map(
    (each) => `${formatFullMoment(at, language, each)} (${cityOf(each)})`,
  );
  return (
    <time dateTime={at} title={full.join('\n')}>
      {text}
    </time>
  );
}

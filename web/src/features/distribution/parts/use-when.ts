import { dayIn, formatAgo, formatMoment, formatTime, viewerZone } from '../../../lib/time';
import { useLanguage } from '../../../ui/use-language';
import { useNow } from '../../../ui/use-now';

/** Returns how a sentence says when something was: like `Moment`, without its title. */
export function useWhen(): (at: string) => string {
  const language = useLanguage();
  const now = useNow();
  const zone = viewerZone();
  return (at) => {
    const isToday = dayIn(at, zone) === dayIn(new Date(now).toISOString(), zone);
    const format = isToday ? formatTime : formatMoment;
    return formatAgo(at, language, now) ?? format(at, language, zone);
  };
}

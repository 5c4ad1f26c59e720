import { useTranslation } from 'react-i18next';
import { useSettings } from '../../../api/session';
import {
  cityOf,
  dayIn,
  formatDay,
  formatTime,
  momentOf,
  viewerZone,
  writtenOf,
} from '../../../lib/time';
import { TextInput } from '../../../ui/fields';
import { useLanguage } from '../../../ui/use-language';
import { useNow } from '../../../ui/use-now';
import classes from '../prices.module.css';

/** When a version starts; `at` is the date and time as the form writes them. */
export interface StartValue {
  isNow: boolean;
  at: string;
}

/** Start now or later; a later moment is said in the viewer's zone and in the business zone. */
export function StartFields({
  value: { isNow, at },
  error,
  onChange,
}: {
  value: StartValue;
  error: string | undefined;
  onChange: (value: StartValue) => void;
}) {
  const { t } = useTranslation('prices');
  const now = useNow();
  return (
    <>
      <fieldset className={classes['start']}>
        <legend className="quiet">{t('form.start')}</legend>
        <label>
          <input type="radio" checked={isNow} onChange={() => onChange({ isNow: true, at })} />
          {t('form.now')}
        </label>
        <label>
          <input type="radio" checked={!isNow} onChange={() => onChange({ isNow: false, at })} />
          {t('form.later')}
        </label>
      </fieldset>
      {!isNow && (
        <>
          <TextInput
            type="datetime-local"
            label={t('form.at')}
            required
            min={writtenOf(new Date(now).toISOString())}
            value={at}
            error={error}
            onChange={({ currentTarget }) => onChange({ isNow, at: currentTarget.value })}
          />
          <Zones moment={momentOf(at)} />
        </>
      )}
    </>
  );
}

function Zones({ moment }: { moment: string | null }) {
  const { t } = useTranslation('prices');
  const language = useLanguage();
  const businessZone = useSettings().data?.businessTimeZone ?? viewerZone();
  if (moment === null) return null;
  const dayOf = (zone: string): string => formatDay(dayIn(moment, zone), language, { year: true });
  const zones = [...new Set([viewerZone(), businessZone])];
  return (
    <ul className={classes['zones']} aria-live="polite">
      {zones.map((zone) => (
        <li key={zone}>
          {t('form.zone', {
            moment: `${dayOf(zone)}, ${formatTime(moment, language, zone)}`,
            city: cityOf(zone),
          })}
        </li>
      ))}
    </ul>
  );
}

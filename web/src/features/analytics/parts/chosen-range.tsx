import { useTranslation } from 'react-i18next';
import type { Range, rangeFault } from '../../../lib/day-range';
import { formatDay, type Day } from '../../../lib/time';
import { FilterChips } from '../../../ui/filters';
import { RangeFields } from '../../../ui/range-fields';
import { useLanguage } from '../../../ui/use-language';
import classes from '../analytics.module.css';

/** Fields for a range of business days; marks which one is open. */
export function ChosenRange({
  range,
  fault,
  openDay,
  onChange,
}: {
  range: Range;
  fault: ReturnType<typeof rangeFault>;
  openDay: Day | undefined;
  onChange: (range: Partial<Range>) => void;
}) {
  const { t } = useTranslation('analytics');
  const language = useLanguage();
  const dayOf = (day: Day): string => formatDay(day, language, { year: true });
  const { from, to } = range;
  const clear = (): void => onChange({ from: null, to: null });
  const chosen =
    from !== null && to !== null
      ? t('range.chosen', { from: dayOf(from), to: dayOf(to) })
      : from !== null
        ? t('range.since', { from: dayOf(from) })
        : to !== null && t('range.until', { to: dayOf(to) });
  return (
    <>
      <div className={classes['range']}>
        <RangeFields {...{ range, fault, openDay, onChange }} />
      </div>
      {openDay !== undefined && (
        <p className="quiet">
          {t('range.open', { day: formatDay(openDay, language, { weekday: true }) })}
        </p>
      )}
      <FilterChips
        chips={chosen ? [{ key: 'range', text: chosen, onRemove: clear }] : []}
        onClear={clear}
      />
    </>
  );
}

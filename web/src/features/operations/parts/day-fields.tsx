import { useTranslation } from 'react-i18next';
import { formatDay } from '../../../lib/time';
import { TextInput } from '../../../ui/fields';
import type { FilterChip } from '../../../ui/filters';
import { useLanguage } from '../../../ui/use-language';
import type { Days } from '../queries';

/** Fields for the first and the last day, in the viewer's calendar. */
export function DayFields({
  values,
  onChange,
}: {
  values: Days;
  onChange: (days: Partial<Days>) => void;
}) {
  const { t } = useTranslation('operations');
  return (['from', 'to'] as const).map((end) => (
    <TextInput
      key={end}
      type="date"
      label={t(`filters.${end}`)}
      value={values[end] ?? ''}
      onChange={({ currentTarget: { value } }) => onChange({ [end]: value || null })}
    />
  ));
}

/** Chips of the days. */
export function useDayChips({ from, to }: Days, onChange: (days: Partial<Days>) => void) {
  const { t } = useTranslation('operations');
  const language = useLanguage();
  const chips: FilterChip[] = [];
  if (from !== null) {
    const text = t('filters.since', { day: formatDay(from, language, { year: true }) });
    chips.push({ key: 'from', text, onRemove: () => onChange({ from: null }) });
  }
  if (to !== null) {
    const text = t('filters.until', { day: formatDay(to, language, { year: true }) });
    chips.push({ key: 'to', text, onRemove: () => onChange({ to: null }) });
  }
  return chips;
}

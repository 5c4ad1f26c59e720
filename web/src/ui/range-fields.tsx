import { useTranslation } from 'react-i18next';
import type { Range, rangeFault } from '../lib/day-range';
import type { Day } from '../lib/time';
import { TextInput } from './fields';

/** Fields for the first and the last business day; none is after the open one. */
export function RangeFields({
  range,
  fault,
  openDay,
  onChange,
}: {
  range: Range;
  fault: ReturnType<typeof rangeFault>;
  openDay: Day | null | undefined;
  onChange: (range: Partial<Range>) => void;
}) {
  const { t } = useTranslation();
  return (['from', 'to'] as const).map((end) => (
    <TextInput
      key={end}
      type="date"
      label={t(`range.${end}`)}
      max={openDay ?? undefined}
      value={range[end] ?? ''}
      error={end === 'from' && fault !== null && t(`range.${fault}`)}
      onChange={({ currentTarget: { value } }) => onChange({ [end]: value || null })}
    />
  ));
}

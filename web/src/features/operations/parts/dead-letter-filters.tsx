import '@mantine/core/styles/Combobox.css';
import { useTranslation } from 'react-i18next';
import { known } from '../../../lib/known';
import { NativeSelect } from '../../../ui/fields';
import { FilterChips } from '../../../ui/filters';
import classes from '../operations.module.css';
import { deadLetterStates, type DeadLetterFilters } from '../queries';
import { eventTypes } from '../words';
import { DayFields, useDayChips } from './day-fields';

type Values = Omit<DeadLetterFilters, 'service' | 'type'> & {
  type: (typeof eventTypes)[number] | null;
};

/** State, kind of event and days. */
export function DeadLetterFilterFields({
  values,
  onChange,
  onClear,
}: {
  values: Values;
  onChange: (values: Partial<Values>) => void;
  onClear: () => void;
}) {
  const { t } = useTranslation('operations');
  const { state, type } = values;
  const chips = useDayChips(values, onChange);
  if (type !== null) {
    chips.unshift({ key: 'type', text: type, onRemove: () => onChange({ type: null }) });
  }
  return (
    <>
      <div className={classes['filters']}>
        <NativeSelect
          label={t('deadLetters.state')}
          value={state}
          onChange={({ currentTarget: { value } }) =>
            onChange({ state: known(deadLetterStates, value) ?? state })
          }
          data={deadLetterStates.map((each) => ({
            value: each,
            label: t(`deadLetters.states.${each}`),
          }))}
        />
        <NativeSelect
          label={t('deadLetters.type')}
          value={type ?? ''}
          onChange={({ currentTarget: { value } }) =>
            onChange({ type: known(eventTypes, value) ?? null })
          }
          data={[{ value: '', label: t('deadLetters.any') }, ...eventTypes]}
        />
        <DayFields values={values} onChange={onChange} />
      </div>
      <FilterChips chips={chips} onClear={onClear} />
    </>
  );
}

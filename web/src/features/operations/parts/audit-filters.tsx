import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { usePeople } from '../../../api/people';
import { known } from '../../../lib/known';
import { NativeSelect } from '../../../ui/fields';
import { FilterChips } from '../../../ui/filters';
import { Search } from '../../../ui/search';
import { PersonPicker } from '../../../ui/person-picker';
import classes from '../operations.module.css';
import type { AuditFilters } from '../queries';
import { actions } from '../words';
import { DayFields, useDayChips } from './day-fields';
import { useWords } from './use-words';

type Values = Omit<AuditFilters, 'service' | 'action'> & {
  action: (typeof actions)[number] | null;
};

/** Who, what, about what, and when. */
export function AuditFilterFields({
  values,
  onChange,
  onClear,
}: {
  values: Values;
  onChange: (values: Partial<Values>, how?: { replace: boolean }) => void;
  onClear: () => void;
}) {
  const { t } = useTranslation('operations');
  const words = useWords();
  const { actor, action, subject } = values;
  const nameOf = usePeople([actor]);
  const search = useCallback(
    (typed: string) => onChange({ subject: typed }, { replace: true }),
    [onChange],
  );
  const chips = useDayChips(values, onChange);
  if (subject !== '') {
    chips.unshift({ key: 'subject', text: subject, onRemove: () => onChange({ subject: '' }) });
  }
  if (action !== null) {
    const remove = (): void => onChange({ action: null });
    chips.unshift({ key: 'action', text: words.action(action), onRemove: remove });
  }
  if (actor !== null) {
    const remove = (): void => onChange({ actor: null });
    chips.unshift({ key: 'actor', text: nameOf(actor), onRemove: remove });
  }
  return (
    <>
      <div className={classes['filters']}>
        <PersonPicker
          label={t('audit.who')}
          value={actor}
          onChange={(chosen) => onChange({ actor: chosen })}
        />
        <NativeSelect
          label={t('audit.action')}
          value={action ?? ''}
          onChange={({ currentTarget: { value } }) =>
            onChange({ action: known(actions, value) ?? null })
          }
          data={[
            { value: '', label: t('audit.any') },
            ...actions.map((each) => ({ value: each, label: words.action(each) })),
          ]}
        />
        <Search label={t('audit.subject')} value={subject} onChange={search} />
        <DayFields values={values} onChange={onChange} />
      </div>
      <FilterChips chips={chips} onClear={onClear} />
    </>
  );
}

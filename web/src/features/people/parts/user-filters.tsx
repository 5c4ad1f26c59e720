import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { usePeople } from '../../../api/people';
import type { Address } from '../../../lib/address';
import type { SeenUser } from '../../../shared/user/queries';
import { Checkbox, NativeSelect } from '../../../ui/fields';
import { FilterChips, type FilterChip } from '../../../ui/filters';
import { Search } from '../../../ui/search';
import { PersonPicker } from '../../../ui/person-picker';
import classes from '../people.module.css';
import { roles } from '../permissions';
import type { UserFilters } from '../queries';

type Status = SeenUser['status'];
type Filters = Pick<Address<never>, 'clear' | 'isFiltered'> & {
  values: UserFilters;
  change(values: Partial<UserFilters>, how?: { replace: boolean }): void;
};

/** Fields that filter people, and what is filtered as chips. */
export function UserFilterFields({
  statuses,
  address: { values, change, clear },
}: {
  statuses: readonly Status[];
  address: Filters;
}) {
  const { t } = useTranslation('people');
  const search = useCallback((q: string) => change({ q }, { replace: true }), [change]);
  const one = <Value extends string>(all: readonly Value[], value: string): Value | null =>
    all.find((each) => each === value) ?? null;
  const any = { value: '', label: t('users.any') };
  return (
    <>
      <div className={classes['filters']}>
        <Search label={t('users.search')} value={values.q} onChange={search} />
        <NativeSelect
          label={t('fields.role')}
          value={values.role ?? ''}
          onChange={({ currentTarget }) => change({ role: one(roles, currentTarget.value) })}
          data={[any, ...roles.map((role) => ({ value: role, label: t(`roles.${role}`) }))]}
        />
        <NativeSelect
          label={t('fields.status')}
          value={values.status ?? ''}
          onChange={({ currentTarget }) => change({ status: one(statuses, currentTarget.value) })}
          data={[any, ...statuses.map((each) => ({ value: each, label: t(`status.${each}`) }))]}
        />
        <PersonPicker
          label={t('fields.manager')}
          value={values.manager}
          onChange={(manager) => change({ manager })}
        />
        <Checkbox
          className={classes['check'] ?? ''}
          label={t('users.awaits')}
          checked={values.awaits}
          onChange={({ currentTarget }) => change({ awaits: currentTarget.checked })}
        />
      </div>
      <FilterChips chips={useChips({ values, change })} onClear={clear} />
    </>
  );
}

function useChips({ values, change }: Pick<Filters, 'values' | 'change'>): FilterChip[] {
  const { t } = useTranslation('people');
  const { q, role, status, manager, awaits } = values;
  const nameOf = usePeople([manager]);
  const chips: (FilterChip | false)[] = [
    q !== '' && { key: 'q', text: q, onRemove: () => change({ q: '' }) },
    role !== null && {
      key: 'role',
      text: t(`roles.${role}`),
      onRemove: () => change({ role: null }),
    },
    status !== null && {
      key: 'status',
      text: t(`status.${status}`),
      onRemove: () => change({ status: null }),
    },
    manager !== null && {
      key: 'manager',
      text: `${t('fields.manager')}: ${nameOf(manager)}`,
      onRemove: () => change({ manager: null }),
    },
    awaits && {
      key: 'awaits',
      text: t('users.awaits'),
      onRemove: () => change({ awaits: false }),
    },
  ];
  return chips.filter((chip) => chip !== false);
}

import { useTranslation } from 'react-i18next';
import type { Permission } from '../../../api/client';
import { Checkbox } from '../../../ui/fields';
import classes from '../people.module.css';
import { permissions } from '../permissions';

/** Permissions to tick. */
export function PermissionPicks({
  value,
  onChange,
}: {
  value: readonly Permission[];
  onChange: (value: Permission[]) => void;
}) {
  const { t } = useTranslation('people');
  const tick = (permission: Permission, isTicked: boolean): void =>
    onChange(permissions.filter((each) => (each === permission ? isTicked : value.includes(each))));
  return (
    <fieldset className={classes['picks']}>
      <legend className="quiet">{t('fields.permissions')}</legend>
      {permissions.map((permission) => (
        <Checkbox
          key={permission}
          label={t(`permissions.${permission}`)}
          checked={value.includes(permission)}
          onChange={({ currentTarget }) => tick(permission, currentTarget.checked)}
        />
      ))}
    </fieldset>
  );
}

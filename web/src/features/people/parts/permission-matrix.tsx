import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { basedOn, useChange } from '../../../api/change';
import type { Permission } from '../../../api/client';
import { useStoreUser, USER_TOUCHES, type SeenUser } from '../../../shared/user/queries';
import { DraftProblem, isStale } from '../../../ui/conflict';
import { Checkbox } from '../../../ui/fields';
import { sayDone } from '../../../ui/toasts';
import { useDraft } from '../../../ui/use-draft';
import classes from '../people.module.css';
import { permissions, rolePermissions } from '../permissions';
import { useGroupPermissions } from '../queries';
import { usePermissionList } from './use-permission-list';

const KEYS = ['ownPermissions'] as const;

/** Where each permission of a person comes from. Only own ones can be ticked. */
export function PermissionMatrix({ user }: { user: SeenUser }) {
  const { t } = useTranslation('people');
  const listOf = usePermissionList();
  const storeUser = useStoreUser();
  const { isAway } = useGroupPermissions(user.groups.map(({ id }) => id));
  const draft = useDraft<Pick<SeenUser, 'ownPermissions'>>(user, KEYS);
  const { ownPermissions } = draft.values;
  const grant = useChange('put', '/api/v1/users/{id}/permissions', {
    touches: USER_TOUCHES,
    onDone(stored) {
      storeUser(stored);
      draft.drop();
      sayDone(t('matrix.saved'));
    },
  });
  const save = (version: number): void => {
    const params = { path: { id: user.id } };
    grant.send(basedOn({ params, body: { permissions: ownPermissions } }, version));
  };
  const tick = (permission: Permission, isOwn: boolean): void =>
    draft.change({
      // In the order of the server, which says them so: unticked again is unchanged.
      ownPermissions: permissions.filter((each) =>
        each === permission ? isOwn : ownPermissions.includes(each),
      ),
    });
  const theirs = listOf(user.ownPermissions);
  return (
    <>
      <Matrix user={user} own={ownPermissions} onTick={tick} />
      {isAway && <p role="status">{t('matrix.groupsAway')}</p>}
      <DraftProblem
        draft={draft}
        change={grant}
        fields={[{ key: 'own', label: t('matrix.own'), theirs, mine: listOf(ownPermissions) }]}
        onKeepMine={() => save(user.version)}
      />
      <Button
        loading={grant.isBusy}
        disabled={!draft.isChanged || isStale(draft, grant.problem)}
        onClick={() => save(draft.version)}
      >
        {t('matrix.save')}
      </Button>
    </>
  );
}

function Matrix({
  user,
  own,
  onTick,
}: {
  user: SeenUser;
  own: readonly Permission[];
  onTick: (permission: Permission, isOwn: boolean) => void;
}) {
  const { t } = useTranslation('people');
  const { given } = useGroupPermissions(user.groups.map(({ id }) => id));
  const groupsGiving = (permission: Permission): string =>
    user.groups
      .filter(({ id }) => given.get(id)?.includes(permission))
      .map(({ name }) => name)
      .join(', ');
  return (
    <table className={classes['matrix']}>
      <caption className="visually-hidden">{t('matrix.caption')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('matrix.permission')}</th>
          <th scope="col">
            {t('matrix.role')}: {t(`roles.${user.role}`)}
          </th>
          <th scope="col">{t('matrix.groups')}</th>
          <th scope="col">{t('matrix.own')}</th>
        </tr>
      </thead>
      <tbody>
        {permissions.map((permission) => {
          const name = t(`permissions.${permission}`);
          const isInForce = user.permissions.includes(permission);
          return (
            <tr key={permission}>
              <th scope="row" data-in-force={isInForce}>
                {name}
                {isInForce && <span className="visually-hidden"> ({t('matrix.inForce')})</span>}
              </th>
              <td>
                <Mark isGiven={rolePermissions[user.role].includes(permission)} />
              </td>
              <td>{groupsGiving(permission) || <Mark isGiven={false} />}</td>
              <td>
                <Checkbox
                  aria-label={t('matrix.ownOf', { permission: name })}
                  checked={own.includes(permission)}
                  onChange={({ currentTarget }) => onTick(permission, currentTarget.checked)}
                />
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function Mark({ isGiven }: { isGiven: boolean }) {
  const { t } = useTranslation('people');
  return (
    <>
      <span aria-hidden className={isGiven ? classes['good'] : 'quiet'}>
        {isGiven ? '✓' : '–'}
      </span>
      <span className="visually-hidden">{t(isGiven ? 'matrix.yes' : 'matrix.no')}</span>
    </>
  );
}

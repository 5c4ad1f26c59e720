import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { basedOn, useChange } from '../../../api/change';
import { DraftProblem, isStale } from '../../../ui/conflict';
import { sayDone } from '../../../ui/toasts';
import { useDraft } from '../../../ui/use-draft';
import { GROUP_TOUCHES, useStoreGroup, type Group } from '../queries';
import { PermissionPicks } from './permission-picks';
import { usePermissionList } from './use-permission-list';

const KEYS = ['permissions'] as const;

/** What a group gives each member. */
export function GroupPermissions({ group }: { group: Group }) {
  const { t } = useTranslation('people');
  const listOf = usePermissionList();
  const storeGroup = useStoreGroup();
  const draft = useDraft<Pick<Group, 'permissions'>>(group, KEYS);
  const { permissions } = draft.values;
  const grant = useChange('put', '/api/v1/groups/{id}/permissions', {
    touches: GROUP_TOUCHES,
    onDone(stored) {
      storeGroup(stored);
      draft.drop();
      sayDone(t('group.permissionsSaved'));
    },
  });
  const save = (version: number): void =>
    grant.send(basedOn({ params: { path: { id: group.id } }, body: { permissions } }, version));
  const [theirs, mine] = [listOf(group.permissions), listOf(permissions)];
  return (
    <>
      <PermissionPicks
        value={permissions}
        onChange={(ticked) => draft.change({ permissions: ticked })}
      />
      <DraftProblem
        draft={draft}
        change={grant}
        fields={[{ key: 'permissions', label: t('fields.permissions'), theirs, mine }]}
        onKeepMine={() => save(group.version)}
      />
      <Button
        loading={grant.isBusy}
        disabled={!draft.isChanged || isStale(draft, grant.problem)}
        onClick={() => save(draft.version)}
      >
        {t('group.savePermissions')}
      </Button>
    </>
  );
}

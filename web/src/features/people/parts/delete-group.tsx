import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { basedOn, useChange } from '../../../api/change';
import { addresses } from '../../../app/addresses';
import { Confirm } from '../../../ui/confirm';
import { sayDone } from '../../../ui/toasts';
import type { Group } from '../queries';
import { usePermissionList } from './use-permission-list';

/** Deletes a group; says first how many people lose what. */
export function DeleteGroup({ group }: { group: Group }) {
  const { t } = useTranslation('people');
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [isOpen, setOpen] = useState(false);
  const { send, isBusy, problem } = useChange('delete', '/api/v1/groups/{id}', {
    touches: ['/api/v1/users', '/api/v1/session'],
    onDone() {
      // The list alone: the group itself is gone, and still on screen for a moment.
      void queries.invalidateQueries({ queryKey: ['get', '/api/v1/groups'] });
      sayDone(t('group.deleted'));
      void navigate(addresses.groups, { replace: true });
    },
  });
  return (
    <>
      <Button variant="default" c="var(--failed)" onClick={() => setOpen(true)}>
        {t('group.delete')}
      </Button>
      {isOpen && (
        <Confirm
          title={t('group.deleteTitle', { name: group.name })}
          action={t('group.delete')}
          isDangerous
          isBusy={isBusy}
          problem={problem}
          onClose={() => setOpen(false)}
          // What was said must be what happens: another version is asked about again.
          onConfirm={() => send(basedOn({ params: { path: { id: group.id } } }, group.version))}
        >
          <Losses group={group} />
        </Confirm>
      )}
    </>
  );
}

function Losses({ group: { memberCount: count, permissions } }: { group: Group }) {
  const { t } = useTranslation('people');
  const listOf = usePermissionList();
  if (count === 0) return <p>{t('group.losesNobody')}</p>;
  if (permissions.length === 0) return <p>{t('group.losesNothing')}</p>;
  return (
    <>
      <p>{t('group.loses', { count, permissions: listOf(permissions) })}</p>
      <p>{t('group.unless')}</p>
    </>
  );
}

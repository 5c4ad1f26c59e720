import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { generatePath, useNavigate } from 'react-router';
import { useChange } from '../../../api/change';
import type { Permission } from '../../../api/client';
import { addresses } from '../../../app/addresses';
import { Confirm } from '../../../ui/confirm';
import { TextInput } from '../../../ui/fields';
import { sayDone } from '../../../ui/toasts';
import { useFaults } from '../../../ui/use-faults';
import { PermissionPicks } from './permission-picks';

const TAKEN = 'name-taken';

/** Creates a group, without members at first. */
export function NewGroup({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('people');
  const navigate = useNavigate();
  const [id] = useState(() => crypto.randomUUID());
  const [name, setName] = useState('');
  const [permissions, setPermissions] = useState<Permission[]>([]);
  const { send, isBusy, problem } = useChange('post', '/api/v1/groups', {
    touches: ['/api/v1/groups'],
    onDone() {
      sayDone(t('groups.created'));
      void navigate(generatePath(addresses.group, { id }));
    },
  });
  const faultOf = useFaults(problem, { [TAKEN]: 'name' });
  return (
    <Confirm
      title={t('groups.new')}
      action={t('groups.create')}
      isBusy={isBusy}
      isTouched={name !== '' || permissions.length > 0}
      problem={problem?.type === TAKEN ? null : problem}
      onClose={onClose}
      onConfirm={() => send({ body: { id, name, permissions } })}
    >
      <TextInput
        label={t('fields.name')}
        required
        data-autofocus
        value={name}
        error={faultOf('name')}
        onChange={({ currentTarget }) => setName(currentTarget.value)}
      />
      <PermissionPicks value={permissions} onChange={setPermissions} />
    </Confirm>
  );
}

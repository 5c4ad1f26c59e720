import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useChange } from '../../../api/change';
import { becomeSession, type User } from '../../../api/session';
import { addresses } from '../../../app/addresses';
import { Confirm } from '../../../ui/confirm';
import { PasswordInput } from '../../../ui/fields';
import { useFaults } from '../../../ui/use-faults';

/** Refusals that a field says. */
const WRONG = { 'wrong-beak-shape': 'current' };

/** Changes one's own beak shape, which ends all sessions, this one too. */
export function BeakShape({ user }: { user: User }) {
  const { t } = useTranslation('settings');
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button variant="default" onClick={() => setOpen(true)}>
        {t('shape.open')}
      </Button>
      {isOpen && <Change user={user} onClose={() => setOpen(false)} />}
    </>
  );
}

function Change({ user: { id, nickname }, onClose }: { user: User; onClose: () => void }) {
  const { t } = useTranslation('settings');
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [shapes, setShapes] = useState({ current: '', beakShape: '' });
  const { send, isBusy, problem } = useChange('post', '/api/v1/users/{id}/beak-shape', {
    touches: [],
    onDone() {
      const state = { login: nickname, isShapeChanged: true };
      void navigate(addresses.logIn, { state });
      becomeSession(queries, null);
    },
  });
  const faultOf = useFaults(problem, WRONG);
  const isBesideField = problem !== null && Object.keys(WRONG).includes(problem.type);
  return (
    <Confirm
      title={t('shape.title')}
      action={t('shape.action')}
      isBusy={isBusy}
      isDisabled={shapes.current === '' || shapes.beakShape === ''}
      isTouched={shapes.current !== '' || shapes.beakShape !== ''}
      problem={isBesideField ? null : problem}
      onClose={onClose}
      onConfirm={() => send({ params: { path: { id } }, body: shapes })}
    >
      <p>{t('shape.why')}</p>
      <PasswordInput
        label={t('shape.current')}
        autoComplete="current-password"
        required
        data-autofocus
        value={shapes.current}
        error={faultOf('current')}
        onChange={({ currentTarget: { value } }) => setShapes({ ...shapes, current: value })}
      />
      <PasswordInput
        label={t('shape.new')}
        description={t('shape.hint')}
        autoComplete="new-password"
        required
        value={shapes.beakShape}
        error={faultOf('beakShape')}
        onChange={({ currentTarget: { value } }) => setShapes({ ...shapes, beakShape: value })}
      />
    </Confirm>
  );
}

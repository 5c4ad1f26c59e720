import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useChange } from '../../../api/change';
import { addresses } from '../../../app/addresses';
import { USER_TOUCHES, type SeenUser } from '../../../shared/user/queries';
import { Confirm } from '../../../ui/confirm';
import { PasswordInput } from '../../../ui/fields';
import { sayDone } from '../../../ui/toasts';
import { useFaults } from '../../../ui/use-faults';

/** Sets somebody's beak shape; one's own is changed in the settings, which ask for the old one. */
export function BeakShape({ user, isMe }: { user: SeenUser; isMe: boolean }) {
  const { t } = useTranslation('people');
  const [isOpen, setOpen] = useState(false);
  if (isMe) return <Link to={addresses.settings}>{t('user.ownShape')}</Link>;
  if (user.status === 'deactivated') return <p className="quiet">{t('status.deactivated')}</p>;
  return (
    <>
      <Button variant="default" onClick={() => setOpen(true)}>
        {t('user.setShape')}
      </Button>
      {isOpen && <SetShape user={user} onClose={() => setOpen(false)} />}
    </>
  );
}

function SetShape({ user: { id, nickname }, onClose }: { user: SeenUser; onClose: () => void }) {
  const { t } = useTranslation('people');
  const [beakShape, setBeakShape] = useState('');
  const { send, isBusy, problem } = useChange('post', '/api/v1/users/{id}/beak-shape', {
    touches: USER_TOUCHES,
    onDone() {
      sayDone(t('user.shapeDone', { nickname }));
      onClose();
    },
  });
  const faultOf = useFaults(problem);
  return (
    <Confirm
      title={t('user.setShape')}
      action={t('user.setShape')}
      isBusy={isBusy}
      isTouched={beakShape !== ''}
      problem={problem}
      onClose={onClose}
      onConfirm={() => send({ params: { path: { id } }, body: { beakShape } })}
    >
      <p>{t('user.shapeEnds', { nickname })}</p>
      <PasswordInput
        label={t('fields.beakShape')}
        description={t('fields.beakShapeWhy')}
        autoComplete="new-password"
        required
        data-autofocus
        value={beakShape}
        error={faultOf('beakShape')}
        onChange={({ currentTarget }) => setBeakShape(currentTarget.value)}
      />
    </Confirm>
  );
}

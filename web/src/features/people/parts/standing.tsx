import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useChange } from '../../../api/change';
import { useStoreUser, USER_TOUCHES, type SeenUser } from '../../../shared/user/queries';
import { Confirm } from '../../../ui/confirm';
import { useRowTabIndex } from '../../../ui/row-focus';
import { sayDone } from '../../../ui/toasts';
import classes from '../people.module.css';

interface StandingProps {
  user: SeenUser;
  isCompact?: boolean;
}

/** Lets somebody in who waits for approval, or takes a deactivation back; asks first. */
export function LetIn({ user, isCompact = false }: StandingProps) {
  const { t } = useTranslation('people');
  const { id, nickname, awaitsApproval } = user;
  const [isOpen, setOpen] = useState(false);
  const tabIndex = useRowTabIndex();
  const storeUser = useStoreUser();
  const { send, isBusy, problem } = useChange('post', '/api/v1/users/{id}/activate', {
    touches: USER_TOUCHES,
    onDone(after) {
      storeUser(after);
      setOpen(false);
      sayDone(t('activate.done', { nickname }));
    },
  });
  const action = awaitsApproval ? t('activate.letIn') : t('activate.action');
  return (
    <span>
      <Button
        variant={isCompact ? 'default' : 'filled'}
        className={isCompact ? classes['compact'] : undefined}
        size={isCompact ? 'compact-sm' : 'sm'}
        aria-label={isCompact ? t('users.letInName', { nickname }) : undefined}
        tabIndex={tabIndex}
        onClick={() => setOpen(true)}
      >
        {action}
      </Button>
      {isOpen && (
        <Confirm
          title={t(awaitsApproval ? 'activate.letInTitle' : 'activate.title', { nickname })}
          action={action}
          isBusy={isBusy}
          problem={problem}
          onClose={() => setOpen(false)}
          onConfirm={() => send({ params: { path: { id } } })}
        >
          <p>{t(awaitsApproval ? 'activate.letInWhy' : 'activate.why', { nickname })}</p>
        </Confirm>
      )}
    </span>
  );
}

/** Deactivates a person; says what follows first. */
export function Deactivate({ user: { id, nickname } }: StandingProps) {
  const { t } = useTranslation('people');
  const [isOpen, setOpen] = useState(false);
  const storeUser = useStoreUser();
  const { send, isBusy, problem } = useChange('post', '/api/v1/users/{id}/deactivate', {
    touches: [...USER_TOUCHES, '/api/v1/tasks', '/api/v1/distributions'],
    onDone(after) {
      storeUser(after);
      setOpen(false);
      sayDone(t('deactivate.done', { nickname }));
    },
  });
  return (
    <>
      <Button variant="default" c="var(--failed)" onClick={() => setOpen(true)}>
        {t('deactivate.action')}
      </Button>
      {isOpen && (
        <Confirm
          title={t('deactivate.title', { nickname })}
          action={t('deactivate.action')}
          isDangerous
          isBusy={isBusy}
          problem={problem}
          onClose={() => setOpen(false)}
          onConfirm={() => send({ params: { path: { id } } })}
        >
          <div className={classes['dialog']}>
            <p>{t('deactivate.noLogin', { nickname })}</p>
            <p>{t('deactivate.tasks')}</p>
            <p>{t('deactivate.paid')}</p>
            <p>{t('deactivate.team')}</p>
          </div>
        </Confirm>
      )}
    </>
  );
}

import { Button } from '@mantine/core';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useChange } from '../../../api/change';
import { Confirm } from '../../../ui/confirm';
import { sayDone } from '../../../ui/toasts';

const NOT_FOUND = 404;

/** Logs out everywhere but here: ends the other sessions, one after the other. */
export function EndOthers({ ids }: { ids: readonly string[] }) {
  const { t } = useTranslation('settings');
  const [isOpen, setOpen] = useState(false);
  if (ids.length === 0 && !isOpen) return null;
  return (
    <>
      <Button variant="default" onClick={() => setOpen(true)}>
        {t('sessions.endOthers')}
      </Button>
      {isOpen && <Ask ids={ids} onClose={() => setOpen(false)} />}
    </>
  );
}

function Ask({ ids, onClose }: { ids: readonly string[]; onClose: () => void }) {
  const { t } = useTranslation('settings');
  const left = useRef<string[]>([]);
  const { send, isBusy, problem } = useChange('delete', '/api/v1/sessions/{id}', {
    touches: ['/api/v1/sessions'],
    onDone: () => endNext(),
    onRefused({ status }) {
      // It has ended meanwhile.
      if (status === NOT_FOUND) endNext();
    },
  });
  const endNext = (): void => {
    const id = left.current.shift();
    if (id !== undefined) return send({ params: { path: { id } } });
    sayDone(t('sessions.othersEnded'));
    onClose();
  };
  return (
    <Confirm
      title={t('sessions.endOthers')}
      action={t('sessions.endOthersAction')}
      isBusy={isBusy}
      problem={problem?.status === NOT_FOUND ? null : problem}
      onClose={onClose}
      onConfirm={() => {
        left.current = [...ids];
        endNext();
      }}
    >
      <p>{t('sessions.endOthersWhy')}</p>
    </Confirm>
  );
}

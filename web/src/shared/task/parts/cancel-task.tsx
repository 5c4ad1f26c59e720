import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useChange } from '../../../api/change';
import { Confirm } from '../../../ui/confirm';
import { sayDone, sayFailed } from '../../../ui/toasts';
import { showChange, type Task } from '../queries';

/** Button that cancels a task, after asking; shown before the answer, taken back by a refusal. */
export function CancelTask({ task: { id, title, assignmentNumber } }: { task: Task }) {
  const { t } = useTranslation('task');
  const queries = useQueryClient();
  const [isAsked, setAsked] = useState(false);
  const cancel = useChange('post', '/api/v1/tasks/{id}/cancel', {
    touches: ['/api/v1/tasks'],
    onSend() {
      setAsked(false);
      return showChange(queries, id, { status: 'cancelled' });
    },
    onDone: () => sayDone(t('cancel.done', { title })),
    onRefused: (problem) =>
      sayFailed({
        what: t('cancel.refused', { title }),
        problem,
        ...(problem.isAway && { onRetry: send }),
      }),
  });
  const send = (): void => cancel.send({ params: { path: { id } } });
  return (
    <>
      <Button variant="default" onClick={() => setAsked(true)}>
        {t('cancel.ask')}
      </Button>
      {isAsked && (
        <Confirm
          title={t('cancel.title', { title })}
          action={t('cancel.action')}
          dismiss={t('cancel.dismiss')}
          isDangerous
          isBusy={cancel.isBusy}
          problem={null}
          onConfirm={send}
          onClose={() => setAsked(false)}
        >
          <p>{t(assignmentNumber > 0 ? 'cancel.feesStay' : 'cancel.neverDealt')}</p>
        </Confirm>
      )}
    </>
  );
}

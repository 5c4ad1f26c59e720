import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useChange } from '../../../api/change';
import { Confirm } from '../../../ui/confirm';
import { ReasonField, isReason } from '../../../ui/reason-field';
import { useRowTabIndex } from '../../../ui/row-focus';
import { sayDone, sayFailed } from '../../../ui/toasts';
import { useFaults } from '../../../ui/use-faults';
import classes from '../operations.module.css';
import { EVERYTHING, TOUCHES, type DeadLetter, type DeadLetterFilters } from '../queries';

interface ActionProps {
  service: DeadLetterFilters['service'];
  letter: DeadLetter;
}

/** Replay by one press, or discard with a reason; nothing for what was resolved. */
export function DeadLetterActions({ service, letter }: ActionProps) {
  const { t } = useTranslation('operations');
  const tabIndex = useRowTabIndex();
  const [isDiscarding, setDiscarding] = useState(false);
  const type = letter.type ?? t('deadLetters.unknownType');
  const { replayable } = letter;
  if (letter.state !== 'open') return null;
  return (
    <div className={classes['stack']}>
      <div className={classes['buttons']}>
        {replayable === true && <Replay service={service} letter={letter} />}
        <Button
          variant="default"
          c="var(--failed)"
          size="compact-sm"
          tabIndex={tabIndex}
          aria-label={t('deadLetters.discardName', { type })}
          onClick={() => setDiscarding(true)}
        >
          {t('deadLetters.discard')}
        </Button>
      </div>
      {replayable !== true && (
        <span className="quiet">{t(`deadLetters.not.${replayable.not}`)}</span>
      )}
      {isDiscarding && (
        <Discard service={service} letter={letter} onClose={() => setDiscarding(false)} />
      )}
    </div>
  );
}

function Replay({ service, letter: { id, type } }: ActionProps) {
  const { t } = useTranslation('operations');
  const tabIndex = useRowTabIndex();
  const name = type ?? t('deadLetters.unknownType');
  const { send, isBusy, data } = useChange(
    'post',
    '/api/v1/operations/{service}/dead-letters/{id}/replay',
    {
      // Its effect may be seen anywhere.
      touches: EVERYTHING,
      onDone(replayed) {
        if (replayed?.outcome === 'done') sayDone(t('deadLetters.outcomes.done'));
      },
      onRefused: (problem) =>
        sayFailed({ what: t('deadLetters.notReplayed', { type: name }), problem }),
    },
  );
  return (
    <>
      <Button
        variant="default"
        size="compact-sm"
        tabIndex={tabIndex}
        loading={isBusy}
        aria-label={t('deadLetters.replayName', { type: name })}
        onClick={() => send({ params: { path: { service, id } } })}
      >
        {t('deadLetters.replay')}
      </Button>
      {data && data.outcome !== 'done' && (
        <span role="status" className={classes['out']}>
          ⚠ {t(`deadLetters.outcomes.${data.outcome}`)}
        </span>
      )}
    </>
  );
}

function Discard({
  service,
  letter: { id, type },
  onClose,
}: ActionProps & { onClose: () => void }) {
  const { t } = useTranslation('operations');
  const [reason, setReason] = useState('');
  const { send, isBusy, problem } = useChange(
    'post',
    '/api/v1/operations/{service}/dead-letters/{id}/discard',
    {
      touches: TOUCHES,
      onDone() {
        sayDone(t('deadLetters.discarded'));
        onClose();
      },
    },
  );
  const faultOf = useFaults(problem);
  return (
    <Confirm
      title={t('deadLetters.discardTitle', { type: type ?? t('deadLetters.unknownType') })}
      action={t('deadLetters.discard')}
      isDangerous
      isBusy={isBusy}
      isDisabled={!isReason(reason)}
      isTouched={reason !== ''}
      problem={problem}
      onClose={onClose}
      onConfirm={() => send({ params: { path: { service, id } }, body: { reason } })}
    >
      <p>{t('deadLetters.effect')}</p>
      <ReasonField value={reason} error={faultOf('reason')} onChange={setReason} />
    </Confirm>
  );
}

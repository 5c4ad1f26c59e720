import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '../../../api/session';
import { formatMoney } from '../../../lib/money';
import { Confirm } from '../../../ui/confirm';
import { sayDone } from '../../../ui/toasts';
import { useLanguage } from '../../../ui/use-language';
import type { Payout } from '../queries';
import { Resolve } from './resolve';
import { RetryButton } from './retry';
import { isMovedOn, useDecision, useMovedOn } from './use-decision';
import classes from '../payouts.module.css';

/** What can be done about a payout: by its state alone, and never about one's own. */
export function PayoutActions({ payout, name }: { payout: Payout; name: string }) {
  const { t } = useTranslation('payouts');
  const me = useMe();
  const { isMoved, note } = useMovedOn(payout);
  const [open, setOpen] = useState<'cancel' | 'resolve' | null>(null);
  const close = (): void => setOpen(null);
  const dialog = { payout, name, onClose: close, onMovedOn: note };
  const isReturned = payout.state === 'returned';
  const isDecided = payout.state === 'failed' || payout.state === 'needs_review';
  if (!isDecided && !isReturned && !isMoved) return null;
  return (
    <div className={classes['actions']}>
      {isMoved && (
        <p className={classes['moved']} role="alert">
          {t(`already.${payout.state}`)}
        </p>
      )}
      {isReturned && <p>{t('payout.returnedWhy')}</p>}
      {isDecided && payout.userId === me?.id && <p>{t('payout.own')}</p>}
      {payout.state === 'failed' && payout.userId !== me?.id && (
        <>
          <RetryButton payout={payout} name={name} onMovedOn={note} />
          <Button variant="default" onClick={() => setOpen('cancel')}>
            {t('payout.cancel')}
          </Button>
        </>
      )}
      {payout.state === 'needs_review' && payout.userId !== me?.id && (
        <Button onClick={() => setOpen('resolve')}>{t('payout.resolve')}</Button>
      )}
      {open === 'cancel' && <Cancel {...dialog} />}
      {open === 'resolve' && <Resolve {...dialog} />}
    </div>
  );
}

function Cancel({
  payout,
  name,
  onClose,
  onMovedOn,
}: {
  payout: Payout;
  name: string;
  onClose: () => void;
  onMovedOn: () => void;
}) {
  const { t } = useTranslation('payouts');
  const language = useLanguage();
  const amount = formatMoney(payout.amount, language);
  const cancel = useDecision(payout, 'cancel', {
    done() {
      sayDone(t('payout.cancelled', { amount }));
      onClose();
    },
    refused(problem) {
      if (!isMovedOn(problem)) return;
      onMovedOn();
      onClose();
    },
  });
  return (
    <Confirm
      title={t('payout.cancelTitle', { name })}
      action={t('payout.cancelAction')}
      isDangerous
      isBusy={cancel.isBusy}
      problem={cancel.problem}
      onClose={onClose}
      onConfirm={() => cancel.send()}
    >
      <p>{t('payout.cancelWhy', { amount })}</p>
    </Confirm>
  );
}

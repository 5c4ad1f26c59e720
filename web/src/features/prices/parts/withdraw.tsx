import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useChange } from '../../../api/change';
import { Confirm } from '../../../ui/confirm';
import { useRowTabIndex } from '../../../ui/row-focus';
import { sayDone } from '../../../ui/toasts';
import { TOUCHES, type PriceFormula } from '../queries';

/** Withdraws a version before its start; asks first. */
export function Withdraw({ formula: { version } }: { formula: PriceFormula }) {
  const { t } = useTranslation('prices');
  const [isOpen, setOpen] = useState(false);
  const tabIndex = useRowTabIndex();
  const { send, isBusy, problem } = useChange('delete', '/api/v1/price-formulas/{version}', {
    touches: TOUCHES,
    onDone() {
      setOpen(false);
      sayDone(t('withdraw.done', { version }));
    },
  });
  return (
    <>
      <Button
        variant="default"
        size="compact-sm"
        tabIndex={tabIndex}
        aria-label={t('withdraw.name', { version })}
        onClick={() => setOpen(true)}
      >
        {t('withdraw.action')}
      </Button>
      {isOpen && (
        <Confirm
          title={t('withdraw.title', { version })}
          action={t('withdraw.action')}
          isDangerous
          isBusy={isBusy}
          problem={problem}
          onClose={() => setOpen(false)}
          onConfirm={() => send({ params: { path: { version } } })}
        >
          <p>{t('withdraw.why')}</p>
        </Confirm>
      )}
    </>
  );
}

import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Confirm } from '../../../ui/confirm';
import { TextInput } from '../../../ui/fields';
import { ReasonField, isReason } from '../../../ui/reason-field';
import { sayDone } from '../../../ui/toasts';
import { useFaults } from '../../../ui/use-faults';
import type { Payout } from '../queries';
import { isMovedOn, useDecision, type Finding } from './use-decision';
import classes from '../payouts.module.css';

const MAX_REFERENCE = 100;
const OUTCOMES = ['paid', 'failed'] as const;
const BESIDE_FIELDS = { 'reference-used': 'bankReference' };

/** Says what became of a payout in review: paid, with the bank's reference, or not. */
export function Resolve({
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
  const [outcome, setOutcome] = useState<Finding['outcome'] | null>(null);
  const [reference, setReference] = useState('');
  const [reason, setReason] = useState('');
  const { send, isBusy, problem } = useDecision(payout, 'resolve', {
    done() {
      sayDone(t('payout.resolved'));
      onClose();
    },
    refused(refusal) {
      if (!isMovedOn(refusal)) return;
      onMovedOn();
      onClose();
    },
  });
  const faultOf = useFaults(problem, BESIDE_FIELDS);
  const isPaid = outcome === 'paid';
  const isWhole = isReason(reason) && (outcome === 'failed' || (isPaid && reference !== ''));
  return (
    <Confirm
      title={t('payout.resolveTitle', { name })}
      action={t('payout.resolveAction')}
      isBusy={isBusy}
      isDisabled={!isWhole}
      isTouched={outcome !== null || reason !== ''}
      problem={problem?.type === 'reference-used' ? null : problem}
      onClose={onClose}
      onConfirm={() =>
        outcome !== null &&
        send({ outcome, reason, ...(isPaid && { bankReference: reference.trim() }) })
      }
    >
      <p>{t('payout.resolveWhy')}</p>
      <fieldset className={classes['outcomes']}>
        <legend>{t('payout.outcome')}</legend>
        {OUTCOMES.map((each) => (
          <label key={each}>
            <input
              type="radio"
              name="outcome"
              checked={outcome === each}
              onChange={() => setOutcome(each)}
            />
            {t(`payout.outcomes.${each}`)}
          </label>
        ))}
      </fieldset>
      {isPaid && (
        <TextInput
          label={t('payout.reference')}
          description={t('payout.referenceWhy')}
          autoComplete="off"
          required
          maxLength={MAX_REFERENCE}
          value={reference}
          error={faultOf('bankReference')}
          onChange={({ currentTarget }) => setReference(currentTarget.value)}
        />
      )}
      <ReasonField
        why={t('payout.reasonWhy')}
        value={reason}
        error={faultOf('reason')}
        onChange={setReason}
      />
    </Confirm>
  );
}

import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatMoney } from '../../../lib/money';
import { Confirm } from '../../../ui/confirm';
import { TextInput } from '../../../ui/fields';
import { useLanguage } from '../../../ui/use-language';
import type { Preview } from '../queries';

const NOT_DIGITS = /\D/g;

/** Asks for the number of tasks before everything open is dealt anew. */
export function ConfirmOpen({
  preview: { taskCount, fees },
  action,
  isBusy,
  onConfirm,
  onClose,
}: {
  preview: Preview;
  action: string;
  isBusy: boolean;
  onConfirm: () => void;
  onClose: () => void;
}) {
  const { t } = useTranslation('distribution');
  const language = useLanguage();
  const [typed, setTyped] = useState('');
  return (
    <Confirm
      title={t('confirm.title')}
      action={action}
      isBusy={isBusy}
      isDisabled={typed.replace(NOT_DIGITS, '') !== String(taskCount)}
      isTouched={typed !== '' || isBusy}
      problem={null}
      onConfirm={onConfirm}
      onClose={onClose}
    >
      <p>{t('confirm.why', { count: taskCount, fees: formatMoney(fees, language) })}</p>
      <TextInput
        label={t('confirm.type', { number: taskCount.toLocaleString(language) })}
        inputMode="numeric"
        autoComplete="off"
        data-autofocus
        value={typed}
        onChange={({ currentTarget }) => setTyped(currentTarget.value)}
      />
    </Confirm>
  );
}

import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useChange } from '../../api/change';
import type { Schemas } from '../../api/client';
import { groupedAccount } from '../../lib/grouped-account';
import { BankAccountField } from '../../ui/bank-account-field';
import { Confirm } from '../../ui/confirm';
import { TextInput } from '../../ui/fields';
import { sayDone } from '../../ui/toasts';
import { useFaults } from '../../ui/use-faults';
import classes from './bank-account.module.css';

const MAX_NAME = 70;

/** Dialog: the number of now above the new one, both in groups of four, and its holder. */
export function ChangeOwnBankAccount({
  account,
  onClose,
}: {
  account: Schemas['Account'];
  onClose: () => void;
}) {
  const { t } = useTranslation('bankAccount');
  const [bankAccount, setBankAccount] = useState('');
  const [fullName, setFullName] = useState(account.fullName ?? '');
  const change = useChange('put', '/api/v1/accounts/me/bank-account', {
    touches: ['/api/v1/accounts', '/api/v1/users'],
    onDone() {
      sayDone(t('done'));
      onClose();
    },
  });
  const faultOf = useFaults(change.problem);
  const isNamed = fullName.trim() !== '' && fullName !== (account.fullName ?? '');
  return (
    <Confirm
      title={t('dialog')}
      action={t('action')}
      isBusy={change.isBusy}
      isDisabled={bankAccount === ''}
      isTouched={bankAccount !== ''}
      problem={change.problem}
      onClose={onClose}
      onConfirm={() => change.send({ body: { bankAccount, ...(isNamed && { fullName }) } })}
    >
      <p>{t('why')}</p>
      <p>
        {t('now')}:{' '}
        <span className={classes['number']}>
          {account.bankAccount === null ? t('none') : groupedAccount(account.bankAccount)}
        </span>
      </p>
      <BankAccountField
        label={t('new')}
        value={bankAccount}
        fault={faultOf('bankAccount')}
        onChange={setBankAccount}
      />
      <TextInput
        label={t('fullName')}
        description={t('fullNameWhy')}
        autoComplete="name"
        maxLength={MAX_NAME}
        value={fullName}
        error={faultOf('fullName')}
        onChange={({ currentTarget }) => setFullName(currentTarget.value)}
      />
    </Confirm>
  );
}

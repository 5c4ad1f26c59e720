import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { BankAccountField } from '../../../ui/bank-account-field';
import { Confirm } from '../../../ui/confirm';
import { Conflict } from '../../../ui/conflict';
import { Dialog } from '../../../ui/dialog';
import { TextInput } from '../../../ui/fields';
import { sayDone } from '../../../ui/toasts';
import { useFaults } from '../../../ui/use-faults';
import type { Account } from '../queries';
import { printed } from './account-rows';
import { useAccountChange, type AccountChange } from './use-account-change';
import classes from '../accounts.module.css';

const MAX_NAME = 70;

/** Corrects where payouts go: the number of now stands above the new one. */
export function CorrectBankAccount({
  account,
  name,
  onClose,
}: {
  account: Account;
  name: string;
  onClose: () => void;
}) {
  const { t } = useTranslation('accounts');
  const [bankAccount, setBankAccount] = useState('');
  const [fullName, setFullName] = useState(account.fullName ?? '');
  const change = useAccountChange(account, () => {
    sayDone(t('bank.done', { name }));
    onClose();
  });
  const faultOf = useFaults(change.problem);
  const isNamed = fullName.trim() !== '' && fullName !== (account.fullName ?? '');
  const body: AccountChange = {
    ...(bankAccount !== '' && { bankAccount }),
    ...(isNamed && { fullName }),
  };
  const isChanged = Object.keys(body).length > 0;
  const title = t('bank.title', { name });
  const now = account.bankAccount === null ? '' : printed(account.bankAccount);
  if (change.isStale) {
    return (
      <Dialog title={title} onClose={onClose} isTouched>
        <Conflict
          fields={[
            ...(bankAccount === ''
              ? []
              : [
                  {
                    key: 'bankAccount',
                    label: t('row.bankAccount'),
                    theirs: now,
                    mine: bankAccount,
                  },
                ]),
            ...(isNamed
              ? [
                  {
                    key: 'fullName',
                    label: t('bank.fullName'),
                    theirs: account.fullName ?? '',
                    mine: fullName,
                  },
                ]
              : []),
          ]}
          isBusy={change.isBusy}
          onKeepMine={() => change.sendOver(body)}
          onTakeTheirs={onClose}
        />
      </Dialog>
    );
  }
  return (
    <Confirm
      title={title}
      action={t('bank.action')}
      isBusy={change.isBusy}
      isDisabled={!isChanged}
      isTouched={isChanged}
      problem={change.problem}
      onClose={onClose}
      onConfirm={() => change.send(body)}
    >
      <p>{t('bank.why', { name })}</p>
      <p>
        {t('bank.now')}: <span className={classes['number']}>{now || t('row.noBankAccount')}</span>
      </p>
      <BankAccountField
        label={t('bank.new')}
        value={bankAccount}
        fault={faultOf('bankAccount')}
        onChange={setBankAccount}
      />
      <TextInput
        label={t('bank.fullName')}
        description={t('bank.fullNameWhy')}
        autoComplete="off"
        maxLength={MAX_NAME}
        value={fullName}
        error={faultOf('fullName')}
        onChange={({ currentTarget }) => setFullName(currentTarget.value)}
      />
    </Confirm>
  );
}

import { Button } from '@mantine/core';
import { Suspense, lazy, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../../api/client';
import { groupedAccount, maskedAccount } from '../../lib/grouped-account';
import { StatusMark } from '../../ui/status-mark';
import classes from './bank-account.module.css';

const Change = lazy(async () => ({
  default: (await import('./change-own-bank-account')).ChangeOwnBankAccount,
}));

/** Where own payouts go: masked until it is asked for, and changed in a dialog. */
export function OwnBankAccount({ account }: { account: Schemas['Account'] }) {
  const { t } = useTranslation('bankAccount');
  const [isShown, show] = useState(false);
  const [isChanging, change] = useState(false);
  const { bankAccount } = account;
  return (
    <div className={classes['own']}>
      <span>
        <span className="quiet">{t('title')}</span>{' '}
        {bankAccount === null ? (
          <StatusMark tone="failed">{t('none')}</StatusMark>
        ) : (
          <span className={classes['number']}>
            {isShown ? groupedAccount(bankAccount) : maskedAccount(bankAccount)}
          </span>
        )}
      </span>
      {bankAccount !== null && (
        <Button variant="subtle" size="compact-md" onClick={() => show(!isShown)}>
          {t(isShown ? 'hide' : 'show')}
        </Button>
      )}
      <Button variant="default" size="compact-md" onClick={() => change(true)}>
        {t(bankAccount === null ? 'enter' : 'change')}
      </Button>
      {isChanging && (
        <Suspense fallback={null}>
          <Change account={account} onClose={() => change(false)} />
        </Suspense>
      )}
    </div>
  );
}

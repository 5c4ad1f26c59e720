import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePeople } from '../../../api/people';
import { Moment } from '../../../ui/moment';
import { StatusMark } from '../../../ui/status-mark';
import type { Account } from '../queries';
import { printed } from './account-rows';
import { CorrectBankAccount } from './bank-account';
import { HoldPayouts, ReleasePayouts } from './hold';
import classes from '../accounts.module.css';

const DIALOGS = { bank: CorrectBankAccount, hold: HoldPayouts, release: ReleasePayouts } as const;

/** Where payouts go and whether they are on hold, with what changes that. */
export function Standing({
  account,
  name,
  isChanged,
}: {
  account: Account;
  name: string;
  /** Whether the viewer may change it. */
  isChanged: boolean;
}) {
  const { t } = useTranslation('accounts');
  const [open, setOpen] = useState<keyof typeof DIALOGS | null>(null);
  const Dialog = open && DIALOGS[open];
  const hold = account.payoutsHeld === null ? 'hold' : 'release';
  return (
    <div className={classes['standing']}>
      <div>
        <BankAccount account={account} />
        {isChanged && (
          <Button variant="default" onClick={() => setOpen('bank')}>
            {t('bank.open')}
          </Button>
        )}
      </div>
      <div>
        <Hold account={account} />
        {isChanged && (
          <Button variant="default" onClick={() => setOpen(hold)}>
            {hold === 'hold' ? t('hold.open') : t('hold.release')}
          </Button>
        )}
      </div>
      {Dialog && <Dialog account={account} name={name} onClose={() => setOpen(null)} />}
    </div>
  );
}

function BankAccount({ account: { bankAccount, fullName } }: { account: Account }) {
  const { t } = useTranslation('accounts');
  return (
    <p>
      <span className="quiet">{t('account.bankAccount')}</span>{' '}
      {bankAccount === null ? (
        <StatusMark tone="failed">{t('account.noBankAccount')}</StatusMark>
      ) : (
        <span className={classes['number']}>{printed(bankAccount)}</span>
      )}
      {fullName !== null && (
        <>
          {' · '}
          <span className="quiet">{t('account.fullName')}</span> {fullName}
        </>
      )}
    </p>
  );
}

function Hold({ account: { payoutsHeld } }: { account: Account }) {
  const { t } = useTranslation('accounts');
  const nameOf = usePeople([payoutsHeld?.by]);
  if (payoutsHeld === null) return <p>{t('account.notHeld')}</p>;
  const { reason, by, at } = payoutsHeld;
  return (
    <p className={classes['held']}>
      <StatusMark tone="out">{t('account.held', { reason })}</StatusMark>
      <span className="quiet">
        {' · '}
        {t('account.heldBy', { name: nameOf(by) })}
        {' · '}
        <Moment at={at} />
      </span>
    </p>
  );
}

import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Confirm } from '../../../ui/confirm';
import { Conflict } from '../../../ui/conflict';
import { Dialog } from '../../../ui/dialog';
import { ReasonField, isReason } from '../../../ui/reason-field';
import { sayDone } from '../../../ui/toasts';
import { useFaults } from '../../../ui/use-faults';
import type { Account } from '../queries';
import { useAccountChange, type AccountChange } from './use-account-change';

interface HoldProps {
  account: Account;
  name: string;
  onClose: () => void;
}

/** Puts payouts on hold, for a reason. */
export function HoldPayouts({ account, name, onClose }: HoldProps) {
  const { t } = useTranslation('accounts');
  const [reason, setReason] = useState('');
  const change = useAccountChange(account, () => {
    sayDone(t('hold.done', { name }));
    onClose();
  });
  const faultOf = useFaults(change.problem);
  const body = { payoutsHeld: { reason } };
  if (change.isStale) {
    return (
      <Meanwhile
        account={account}
        title={t('hold.title', { name })}
        change={change}
        body={body}
        onClose={onClose}
      />
    );
  }
  return (
    <Confirm
      title={t('hold.title', { name })}
      action={t('hold.action')}
      isBusy={change.isBusy}
      isDisabled={!isReason(reason)}
      isTouched={reason !== ''}
      problem={change.problem}
      onClose={onClose}
      onConfirm={() => change.send(body)}
    >
      <p>{t('hold.why')}</p>
      <ReasonField
        value={reason}
        error={faultOf('payoutsHeld/reason')}
        isFirst
        onChange={setReason}
      />
    </Confirm>
  );
}

/** Lets payouts go again. */
export function ReleasePayouts({ account, name, onClose }: HoldProps) {
  const { t } = useTranslation('accounts');
  const change = useAccountChange(account, () => {
    sayDone(t('hold.released', { name }));
    onClose();
  });
  const body = { payoutsHeld: null };
  if (change.isStale) {
    return (
      <Meanwhile
        account={account}
        title={t('hold.releaseTitle', { name })}
        change={change}
        body={body}
        onClose={onClose}
      />
    );
  }
  return (
    <Confirm
      title={t('hold.releaseTitle', { name })}
      action={t('hold.releaseAction')}
      isBusy={change.isBusy}
      problem={change.problem}
      onClose={onClose}
      onConfirm={() => change.send(body)}
    >
      <p>{t('hold.releaseWhy')}</p>
    </Confirm>
  );
}

/** Somebody changed the account meanwhile: both versions of the hold. */
function Meanwhile({
  account,
  title,
  change,
  body,
  onClose,
}: {
  account: Account;
  title: string;
  change: ReturnType<typeof useAccountChange>;
  body: Pick<AccountChange, 'payoutsHeld'>;
  onClose: () => void;
}) {
  const { t } = useTranslation('accounts');
  const said = (hold: { reason: string } | null | undefined): string =>
    hold ? hold.reason : t('hold.none');
  return (
    <Dialog title={title} onClose={onClose} isTouched>
      <Conflict
        fields={[
          {
            key: 'payoutsHeld',
            label: t('row.hold'),
            theirs: said(account.payoutsHeld),
            mine: said(body.payoutsHeld),
          },
        ]}
        isBusy={change.isBusy}
        onKeepMine={() => change.sendOver(body)}
        onTakeTheirs={onClose}
      />
    </Dialog>
  );
}

import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useChange } from '../../../api/change';
import { formatMoney, negated } from '../../../lib/money';
import { formatDay } from '../../../lib/time';
import { Amount } from '../../../ui/amount';
import { Confirm } from '../../../ui/confirm';
import { ReasonField, isReason } from '../../../ui/reason-field';
import { sayDone } from '../../../ui/toasts';
import { useFaults } from '../../../ui/use-faults';
import { useLanguage } from '../../../ui/use-language';
import { TOUCHED, type Account, type Entry } from '../queries';
import { EntryName } from '../../../shared/statement/line';
import classes from '../accounts.module.css';

/**
 * Reverses an entry by an opposite one. The balance of now and the opposite amount are shown as the
 * server says them; they are not added up here, because entries may be booked meanwhile.
 */
export function Reverse({
  entry,
  account,
  name,
  onClose,
}: {
  entry: Entry;
  account: Account;
  name: string;
  onClose: () => void;
}) {
  const { t } = useTranslation('accounts');
  const language = useLanguage();
  const [reason, setReason] = useState('');
  const opposite = negated(entry.amount);
  const amount = formatMoney(opposite, language, 'always');
  const { send, isBusy, problem } = useChange('post', '/api/v1/entries/{id}/reverse', {
    touches: TOUCHED,
    onDone() {
      sayDone(t('reverse.done', { amount }));
      onClose();
    },
  });
  const faultOf = useFaults(problem);
  return (
    <Confirm
      title={t('reverse.title')}
      action={t('reverse.action', { amount: formatMoney(entry.amount, language, 'always') })}
      isBusy={isBusy}
      isDisabled={!isReason(reason)}
      isTouched={reason !== ''}
      problem={problem}
      onClose={onClose}
      onConfirm={() => send({ params: { path: { id: entry.id } }, body: { reason } })}
    >
      <dl className={classes['sums']}>
        <dt>
          <EntryName entry={entry} />
          <span className="quiet"> · {formatDay(entry.day, language)}</span>
        </dt>
        <dd>
          <Amount value={entry.amount} sign="always" tone="meaning" />
        </dd>
        <dt>{t('reverse.opposite')}</dt>
        <dd>
          <Amount value={opposite} sign="always" tone="meaning" />
        </dd>
        <dt>{t('reverse.now')}</dt>
        <dd>
          <Amount value={account.balance} />
        </dd>
      </dl>
      <p className="quiet">
        {t('reverse.after')} {t('reverse.letter', { name })}
      </p>
      <ReasonField value={reason} error={faultOf('reason')} isFirst onChange={setReason} />
    </Confirm>
  );
}

import { useTranslation } from 'react-i18next';
import { $api, type Schemas } from '../../../api/client';
import { formatMoney, sum } from '../../../lib/money';
import { useLanguage } from '../../../ui/use-language';
import classes from '../tasks.module.css';

/** Rewards that wait, the balance, and what is paid tonight as things are. */
export function TasksFoot({ open }: { open: readonly Schemas['Task'][] }) {
  const { t } = useTranslation('tasks');
  const language = useLanguage();
  const { data: account, error } = $api.useQuery('get', '/api/v1/accounts/me', {});
  const waiting = sum(open.map(({ reward }) => reward));
  return (
    <footer className={classes['foot']}>
      <span>
        {waiting && t('foot.waiting', { count: open.length, sum: formatMoney(waiting, language) })}
      </span>
      <span>
        {account && (
          <>
            {t('foot.balance', { amount: formatMoney(account.balance, language) })}
            {' · '}
            {t('foot.tonight', { amount: formatMoney(account.forecast, language) })}
          </>
        )}
        {!account && error !== null && t('foot.away')}
      </span>
    </footer>
  );
}

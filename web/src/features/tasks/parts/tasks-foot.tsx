import { useTranslation } from 'react-i18next';
import { $api } from '../../../api/client';
import { formatMoney, sum } from '../../../lib/money';
import { useLanguage } from '../../../ui/use-language';
import type { Task } from '../queries';
import classes from '../tasks.module.css';

/** Rewards that wait, the balance, and what is paid tonight as things are. */
export function TasksFoot({ waiting }: { waiting: readonly Task[] }) {
  const { t } = useTranslation('tasks');
  const language = useLanguage();
  const { data: account, error } = $api.useQuery('get', '/api/v1/accounts/me', {});
  const rewards = sum(waiting.map(({ reward }) => reward));
  return (
    <footer className={classes['foot']}>
      {rewards && (
        <span>
          {t('foot.waiting', { count: waiting.length, sum: formatMoney(rewards, language) })}
        </span>
      )}
      {account && (
        <span className={classes['balance']}>
          {t('foot.balance', { amount: formatMoney(account.balance, language) })}
          {' · '}
          {t('foot.tonight', { amount: formatMoney(account.forecast, language) })}
        </span>
      )}
      {!account && error !== null && <span className={classes['balance']}>{t('foot.away')}</span>}
    </footer>
  );
}

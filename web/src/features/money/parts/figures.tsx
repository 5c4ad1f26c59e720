import { useTranslation } from 'react-i18next';
import { useSettings } from '../../../api/session';
import { formatMoney, negated, signOf, sum, type Money } from '../../../lib/money';
import { formatDay } from '../../../lib/time';
import { maskedAccount } from '../../../lib/grouped-account';
import { Amount } from '../../../ui/amount';
import { useLanguage } from '../../../ui/use-language';
import { useNow } from '../../../ui/use-now';
import { useOpenTasks, type Account } from '../queries';
import classes from '../money.module.css';

/** Balance, what the current business day brought, and what tonight pays. */
export function Figures({ account }: { account: Account }) {
  const { t } = useTranslation('money');
  const language = useLanguage();
  const cutOff = useSettings().data?.cutOff ?? '';
  const { balance, today, forecast, openDay } = account;
  return (
    <dl className={classes['figures']}>
      <div>
        <dt>{t('balance')}</dt>
        <dd className={classes['figure']}>
          <Amount value={balance} tone={signOf(balance) < 0 ? 'meaning' : 'none'} />
        </dd>
        {signOf(balance) < 0 && <dd className="quiet">{t('belowZero')}</dd>}
      </div>
      <div>
        <dt>{t('today', { day: formatDay(openDay.day, language) })}</dt>
        <dd className={classes['figure']}>
          <Amount value={today} sign="always" />
        </dd>
      </div>
      <div>
        <dt>{t('tonight', { time: cutOff })}</dt>
        <dd className={classes['figure']}>
          <Amount value={forecast} />
        </dd>
        <dd>
          <Tonight account={account} />
        </dd>
      </div>
    </dl>
  );
}

/** How tonight's payout comes about, as the server says its parts. */
function Tonight({ account }: { account: Account }) {
  const { t } = useTranslation('money');
  const language = useLanguage();
  const now = useNow();
  const cutOff = useSettings().data?.cutOff ?? '';
  const { balance, underWay, forecast, payoutsHeld, bankAccount, openDay } = account;
  if (now >= Date.parse(openDay.cutOffAt)) return <span className="quiet">{t('closing')}</span>;
  if (payoutsHeld !== null) return <span className="quiet">{t('tonightHeld')}</span>;
  if (signOf(balance) < 0) return <BelowZero balance={balance} />;
  return (
    <details>
      <summary>{t('how')}</summary>
      <p>
        {t('sum', {
          balance: formatMoney(balance, language),
          underWay: formatMoney(underWay, language),
          forecast: formatMoney(forecast, language),
        })}
      </p>
      <p>
        {bankAccount === null
          ? t('noBankAccount')
          : t('to', { bankAccount: maskedAccount(bankAccount), time: cutOff })}
      </p>
    </details>
  );
}

/** How much is missing, and what the open tasks would bring, as far as all of them are known. */
function BelowZero({ balance }: { balance: Money }) {
  const { t } = useTranslation('money');
  const language = useLanguage();
  const { data: tasks = [], hasNextPage } = useOpenTasks();
  const rewards = hasNextPage ? null : sum(tasks.map(({ reward }) => reward));
  const missing = formatMoney(negated(balance), language);
  return (
    <span className="quiet">
      {t('tonightBelowZero', { missing })}{' '}
      {rewards === null
        ? t('coverFirst')
        : t('wouldBring', { count: tasks.length, sum: formatMoney(rewards, language) })}
    </span>
  );
}

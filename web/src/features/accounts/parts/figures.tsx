import { useTranslation } from 'react-i18next';
import { useSettings } from '../../../api/session';
import { formatMoney, signOf } from '../../../lib/money';
import { formatDay } from '../../../lib/time';
import { Amount } from '../../../ui/amount';
import { useLanguage } from '../../../ui/use-language';
import type { Account } from '../queries';
import classes from '../accounts.module.css';

/** Figures that the account of a person and that of the company have. */
type Sums = Pick<Account, 'balance' | 'today' | 'forecast' | 'underWay' | 'openDay'>;

/** Balance, what the current business day brought, and what tonight would pay. */
export function Figures({ account }: { account: Sums }) {
  const { t } = useTranslation('accounts');
  const language = useLanguage();
  const cutOff = useSettings().data?.cutOff ?? '';
  const { balance, today, forecast, underWay, openDay } = account;
  return (
    <dl className={classes['figures']}>
      <div>
        <dt>{t('account.balance')}</dt>
        <dd>
          <div className={classes['figure']}>
            <Amount value={balance} tone={signOf(balance) < 0 ? 'meaning' : 'none'} />
          </div>
          {signOf(balance) < 0 && <span className="quiet">{t('account.belowZero')}</span>}
        </dd>
      </div>
      <div>
        <dt>{t('account.today', { day: formatDay(openDay.day, language) })}</dt>
        <dd className={classes['figure']}>
          <Amount value={today} sign="always" />
        </dd>
      </div>
      <div>
        <dt>{t('account.tonight', { time: cutOff })}</dt>
        <dd>
          <div className={classes['figure']}>
            <Amount value={forecast} />
          </div>
          {signOf(underWay) !== 0 && (
            <span className="quiet">
              {t('account.underWay', { amount: formatMoney(underWay, language) })}
            </span>
          )}
        </dd>
      </div>
    </dl>
  );
}

import { useTranslation } from 'react-i18next';
import { Link, generatePath, useParams } from 'react-router';
import { addresses } from '../../app/addresses';
import { Allowed } from '../../app/gate';
import { formatDay } from '../../lib/time';
import { Amount } from '../../ui/amount';
import { Fetched } from '../../ui/fetched';
import { useLanguage } from '../../ui/use-language';
import { PayoutActions } from './parts/payout-actions';
import { PayoutStateText } from './parts/payout-state';
import { Timeline } from './parts/timeline';
import { usePayees } from './parts/use-payees';
import { usePayout, type Payout } from './queries';
import classes from './payouts.module.css';

const ROWS = 6;

/** One payout: what it is, everything that happened, and what can be done about it. */
export function PayoutPage() {
  const { t } = useTranslation('payouts');
  const { t: common } = useTranslation();
  const { id = '' } = useParams();
  const payout = usePayout(id);
  const nameOf = usePayees(payout.data ? [payout.data] : []);
  return (
    <>
      <p className={classes['back']}>
        <Link to={addresses.payouts}>{t('list.title')}</Link>
      </p>
      <h1>
        {payout.data ? t('payout.title', { name: nameOf(payout.data) }) : common('pages.payout')}
      </h1>
      <Fetched query={payout} rows={ROWS}>
        {(shown) => <Shown key={shown.id} payout={shown} name={nameOf(shown)} />}
      </Fetched>
    </>
  );
}

function Shown({ payout, name }: { payout: Payout; name: string }) {
  const { t } = useTranslation('payouts');
  const language = useLanguage();
  const { day, userId, amount } = payout;
  return (
    <>
      <p className={classes['amount']}>
        <Amount value={amount} />
      </p>
      <p>
        <PayoutStateText payout={payout} />
      </p>
      <p>
        {t('payout.forDay')}{' '}
        <Link to={generatePath(addresses.day, { day })}>
          {formatDay(day, language, { weekday: true, year: true })}
        </Link>
        <Allowed to="accounting.view-all">
          {' · '}
          {userId === null ? (
            <Link to={addresses.companyAccount}>{t('payout.companyAccount')}</Link>
          ) : (
            <Link to={generatePath(addresses.account, { userId })}>
              {t('payout.account', { name })}
            </Link>
          )}
        </Allowed>
      </p>
      <h2>{t('payout.story')}</h2>
      <Timeline payout={payout} />
      <PayoutActions payout={payout} name={name} />
    </>
  );
}

import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { addresses } from '../../app/addresses';
import { useAddress } from '../../lib/address';
import { FIELDS, Statement } from '../../shared/statement/statement';
import { Fetched } from '../../ui/fetched';
import { printed } from './parts/account-rows';
import { Figures } from './parts/figures';
import { useCompany } from './queries';
import classes from './accounts.module.css';

const ROWS = 3;

/** The account of the company: the other side of every fee and reward; nobody changes it. */
export function CompanyPage() {
  const { t } = useTranslation('accounts');
  const company = useCompany();
  const address = useAddress(FIELDS);
  return (
    <>
      <p className={classes['back']}>
        <Link to={addresses.accounts}>{t('title')}</Link>
      </p>
      <h1>{t('company')}</h1>
      <Fetched query={company} rows={ROWS}>
        {(shown) => (
          <>
            <Figures account={shown} />
            <p>
              <span className="quiet">{t('account.bankAccount')}</span>{' '}
              <span className={classes['number']}>
                {shown.bankAccount === null ? t('row.noBankAccount') : printed(shown.bankAccount)}
              </span>
            </p>
            <Statement
              holder="company"
              openDay={shown.openDay.day}
              address={address}
              emptyWhy={t('account.emptyCompany')}
            />
          </>
        )}
      </Fetched>
    </>
  );
}

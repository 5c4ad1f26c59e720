import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { addresses } from '../../app/addresses';
import { CsvLink } from '../../ui/csv-link';
import { Fetched } from '../../ui/fetched';
import { printed } from './parts/account-rows';
import { EntryList } from './parts/entry-rows';
import { Figures } from './parts/figures';
import { useCompany, useCompanyEntries } from './queries';
import classes from './accounts.module.css';

const ROWS = 3;

/** The account of the company: the other side of every fee and reward; nobody changes it. */
export function CompanyPage() {
  const { t } = useTranslation('accounts');
  const company = useCompany();
  const entries = useCompanyEntries();
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
          </>
        )}
      </Fetched>
      <div className={classes['head']}>
        <h2>{t('account.statement')}</h2>
        <CsvLink path="/api/v1/accounts/company/entries.csv" />
      </div>
      <EntryList entries={entries} emptyWhy={t('account.emptyCompany')} renderReverse={null} />
    </>
  );
}

import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { usePeople } from '../../api/people';
import { useMay, useMe } from '../../api/session';
import { addresses } from '../../app/addresses';
import { Allowed } from '../../app/gate';
import { CsvLink } from '../../ui/csv-link';
import { Fetched } from '../../ui/fetched';
import { EntryList } from './parts/entry-rows';
import { Figures } from './parts/figures';
import { Reverse } from './parts/reverse';
import { Standing } from './parts/standing';
import { useAccount, useEntries, type Entry } from './queries';
import classes from './accounts.module.css';

const ROWS = 4;

/** One person's account: never one's own to change. */
export function AccountPage() {
  const { t } = useTranslation('accounts');
  const { userId = '' } = useParams();
  const me = useMe();
  const mayCorrect = useMay('accounting.correct');
  const isOwn = userId === me?.id;
  const isChanged = mayCorrect && !isOwn;
  const account = useAccount(userId);
  const entries = useEntries(userId);
  const known = account.data?.nickname ?? null;
  const nameOf = usePeople(account.data && known === null ? [userId] : []);
  const name = known ?? nameOf(userId);
  const { data } = account;
  const reverse = (entry: Entry, onClose: () => void) =>
    data && <Reverse entry={entry} account={data} name={name} onClose={onClose} />;
  return (
    <>
      <p className={classes['back']}>
        <Link to={addresses.accounts}>{t('title')}</Link>
      </p>
      <h1>{t('account.title', { name })}</h1>
      <Fetched query={account} rows={ROWS}>
        {(shown) => (
          <>
            <Figures account={shown} />
            {mayCorrect && isOwn && <p role="note">{t('account.own')}</p>}
            <Standing account={shown} name={name} isChanged={isChanged} />
          </>
        )}
      </Fetched>
      <div className={classes['head']}>
        <h2>{t('account.statement')}</h2>
        <span className={classes['links']}>
          <Allowed to="payouts.manage">
            <Link to={`${addresses.payouts}?tab=all&person=${userId}`}>{t('account.payouts')}</Link>
          </Allowed>
          <CsvLink path={`/api/v1/accounts/${userId}/entries.csv`} />
        </span>
      </div>
      <EntryList
        entries={entries}
        emptyWhy={t('account.emptyWhy')}
        renderReverse={isChanged && data ? reverse : null}
      />
    </>
  );
}

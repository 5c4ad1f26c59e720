import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { usePeople } from '../../api/people';
import { useMay, useMe } from '../../api/session';
import { addresses } from '../../app/addresses';
import { Allowed } from '../../app/gate';
import { useAddress } from '../../lib/address';
import { FIELDS, Statement } from '../../shared/statement/statement';
import { Fetched } from '../../ui/fetched';
import { Figures } from './parts/figures';
import { Reverse } from './parts/reverse';
import { ReverseButton } from './parts/reverse-button';
import { Standing } from './parts/standing';
import { useAccount, type Entry } from './queries';
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
  const known = account.data?.nickname ?? null;
  const nameOf = usePeople(account.data && known === null ? [userId] : []);
  const name = known ?? nameOf(userId);
  const address = useAddress(FIELDS);
  const [reversed, reverse] = useState<Entry | null>(null);
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
            <Allowed to="payouts.manage">
              <Link to={`${addresses.payouts}?tab=all&person=${userId}`}>
                {t('account.payouts')}
              </Link>
            </Allowed>
            <Statement
              holder={{ userId }}
              openDay={shown.openDay.day}
              address={address}
              emptyWhy={t('account.emptyWhy')}
              {...(isChanged && {
                action: (entry) => <ReverseButton entry={entry} onPress={reverse} />,
              })}
            />
            {reversed && (
              <Reverse entry={reversed} account={shown} name={name} onClose={() => reverse(null)} />
            )}
          </>
        )}
      </Fetched>
    </>
  );
}

import { useTranslation } from 'react-i18next';
import { generatePath, useNavigate } from 'react-router';
import { usePeople } from '../../../api/people';
import { addresses } from '../../../app/addresses';
import { groupedAccount } from '../../../lib/grouped-account';
import { signOf } from '../../../lib/money';
import { Amount } from '../../../ui/amount';
import { RowLink } from '../../../ui/row-link';
import { Rows } from '../../../ui/rows';
import { StatusMark } from '../../../ui/status-mark';
import type { Account } from '../queries';
import classes from '../accounts.module.css';

const WIDTHS = { person: '176px', amount: '120px', hold: '144px' };
const userOf = ({ userId }: Account): string => userId;
const addressOf = ({ userId }: Account): string => generatePath(addresses.account, { userId });

/** Returns the name of an account's holder: the one it knows, else that of the person. */
export function useHolders(accounts: readonly Account[]): (account: Account) => string {
  const unnamed = accounts.filter(({ nickname }) => nickname === null);
  const nameOf = usePeople(unnamed.map(userOf));
  return ({ nickname, userId }) => nickname ?? nameOf(userId);
}

/** Accounts as rows; each opens the page of its own. */
export function AccountRows({
  accounts,
  onEnd,
}: {
  accounts: readonly Account[];
  onEnd: () => void;
}) {
  const { t } = useTranslation('accounts');
  const navigate = useNavigate();
  const nameOf = useHolders(accounts);
  const person = (account: Account) => <RowLink to={addressOf(account)}>{nameOf(account)}</RowLink>;
  return (
    <Rows
      caption={t('caption')}
      rows={accounts}
      keyOf={userOf}
      onEnd={onEnd}
      onOpen={(account) => void navigate(addressOf(account))}
      columns={[
        { key: 'person', title: t('row.person'), width: WIDTHS.person, cell: person },
        {
          key: 'balance',
          title: t('row.balance'),
          width: WIDTHS.amount,
          align: 'end',
          cell: (account) => <Balance account={account} />,
        },
        {
          key: 'today',
          title: t('row.today'),
          width: WIDTHS.amount,
          align: 'end',
          cell: ({ today }) => <Amount value={today} sign="always" />,
        },
        {
          key: 'tonight',
          title: t('row.tonight'),
          width: WIDTHS.amount,
          align: 'end',
          cell: ({ forecast }) => <Amount value={forecast} />,
        },
        { key: 'bank', title: t('row.bankAccount'), cell: (account) => <Bank account={account} /> },
        {
          key: 'hold',
          title: t('row.hold'),
          width: WIDTHS.hold,
          cell: (account) => <Hold account={account} />,
        },
      ]}
      card={(account) => (
        <div className={classes['card']}>
          <strong>{person(account)}</strong>
          <Balance account={account} />
          <span className={classes['wide']}>
            <Bank account={account} />
            <Hold account={account} />
            <span className="quiet">
              {t('row.tonight')} <Amount value={account.forecast} />
            </span>
          </span>
        </div>
      )}
    />
  );
}

function Balance({ account: { balance } }: { account: Account }) {
  const { t } = useTranslation('accounts');
  const isBelow = signOf(balance) < 0;
  return (
    <span>
      <Amount value={balance} tone={isBelow ? 'meaning' : 'none'} />
      {isBelow && <span className="visually-hidden"> {t('row.belowZero')}</span>}
    </span>
  );
}

function Bank({ account: { bankAccount } }: { account: Account }) {
  const { t } = useTranslation('accounts');
  if (bankAccount === null) {
    return <StatusMark tone="failed">{t('row.noBankAccount')}</StatusMark>;
  }
  return <span className={classes['number']}>{printed(bankAccount)}</span>;
}

function Hold({ account: { payoutsHeld } }: { account: Account }) {
  const { t } = useTranslation('accounts');
  if (payoutsHeld === null) return null;
  return (
    <span title={payoutsHeld.reason}>
      <StatusMark tone="out">{t('row.held')}</StatusMark>
    </span>
  );
}

const MASK = '•';

/** Writes a number as it is printed; a masked one is written already. */
export function printed(bankAccount: string): string {
  return bankAccount.startsWith(MASK) ? bankAccount : groupedAccount(bankAccount);
}

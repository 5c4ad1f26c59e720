import { useTranslation } from 'react-i18next';
import { useState } from 'react';
import { generatePath, useNavigate } from 'react-router';
import { addresses } from '../../../app/addresses';
import { formatDay } from '../../../lib/time';
import { Amount } from '../../../ui/amount';
import { RowLink } from '../../../ui/row-link';
import { Rows, type Column } from '../../../ui/rows';
import { useLanguage } from '../../../ui/use-language';
import type { Payout } from '../queries';
import { PayoutStateText } from './payout-state';
import { AskRetry, RetryInRow, useMayRetry } from './retry';
import { usePayees } from './use-payees';
import classes from '../payouts.module.css';

const WIDTHS = { person: '160px', day: '96px', amount: '120px', actions: '112px' };
const RETRY_KEY = 'r';
const idOf = ({ id }: Payout): string => id;
const addressOf = ({ id }: Payout): string => generatePath(addresses.payout, { id });

/** Payouts as rows; each opens the page of its own. */
export function PayoutRows({
  payouts,
  total,
  hasDay,
  onEnd,
}: {
  payouts: readonly Payout[];
  total: number | undefined;
  /** Whether the day is shown: not on the page of a day. */
  hasDay: boolean;
  onEnd: () => void;
}) {
  const { t } = useTranslation('payouts');
  const language = useLanguage();
  const navigate = useNavigate();
  const nameOf = usePayees(payouts);
  const mayRetry = useMayRetry();
  const [retried, setRetried] = useState<Payout | null>(null);
  const person = (payout: Payout) => <RowLink to={addressOf(payout)}>{nameOf(payout)}</RowLink>;
  const retry = (payout: Payout) =>
    mayRetry(payout) && <RetryInRow onPress={() => setRetried(payout)} />;
  const onKey = (key: string, payout: Payout): boolean => {
    const isRetry = key === RETRY_KEY && mayRetry(payout);
    if (isRetry) setRetried(payout);
    return isRetry;
  };
  const day: Column<Payout> = {
    key: 'day',
    title: t('list.day'),
    width: WIDTHS.day,
    cell: (payout) => formatDay(payout.day, language),
  };
  const columns: Column<Payout>[] = [
    { key: 'person', title: t('list.person'), width: WIDTHS.person, cell: person },
    ...(hasDay ? [day] : []),
    {
      key: 'amount',
      title: t('list.amount'),
      width: WIDTHS.amount,
      align: 'end',
      cell: ({ amount }) => <Amount value={amount} />,
    },
    {
      key: 'state',
      title: t('list.state'),
      cell: (payout) => <PayoutStateText payout={payout} />,
    },
    {
      key: 'actions',
      title: t('list.actions'),
      width: WIDTHS.actions,
      align: 'end',
      cell: retry,
    },
  ];
  return (
    <>
      <Rows
        caption={t('list.caption')}
        columns={columns}
        rows={payouts}
        total={total}
        keyOf={idOf}
        onEnd={onEnd}
        onOpen={(payout) => void navigate(addressOf(payout))}
        onKey={onKey}
        card={(payout) => (
          <div className={classes['card']}>
            <span>
              {person(payout)}
              {hasDay && <span className="quiet"> · {formatDay(payout.day, language)}</span>}
            </span>
            <Amount value={payout.amount} />
            <span>
              <PayoutStateText payout={payout} />
            </span>
            {retry(payout)}
          </div>
        )}
      />
      {retried && (
        <AskRetry payout={retried} name={nameOf(retried)} onClose={() => setRetried(null)} />
      )}
    </>
  );
}

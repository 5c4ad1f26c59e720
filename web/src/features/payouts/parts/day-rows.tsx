import { useTranslation } from 'react-i18next';
import { generatePath, useNavigate } from 'react-router';
import { usePeople } from '../../../api/people';
import { addresses } from '../../../app/addresses';
import { negated } from '../../../lib/money';
import { Amount } from '../../../ui/amount';
import { useRowTabIndex } from '../../../ui/row-focus';
import { Rows, type Column } from '../../../ui/rows';
import type { BusinessDay } from '../queries';
import { CloseDay } from './close-day';
import { DayName } from './day-name';
import { DayState } from './day-state';
import { PayoutCounts } from './payout-state';
import classes from '../payouts.module.css';

const WIDTHS = { day: '112px', state: '184px', amount: '104px', earned: '136px' };
const dayOf = ({ day }: BusinessDay): string => day;

/** Business days as rows: earned is shown as fees − rewards ± corrections. */
export function DayRows({
  days,
  open,
  onEnd,
}: {
  days: readonly BusinessDay[];
  /** The day that can be closed. */
  open: BusinessDay | undefined;
  onEnd: () => void;
}) {
  const { t } = useTranslation('payouts');
  const navigate = useNavigate();
  const nameOf = usePeople(days.map(({ closedBy }) => closedBy));
  const close = ({ day }: BusinessDay) => day === open?.day && <Close day={day} />;
  const amount = (
    key: 'fees' | 'rewards' | 'corrections' | 'earned',
    cell: Column<BusinessDay>['cell'],
  ): Column<BusinessDay> => ({
    key,
    title: t(`days.${key}`),
    width: key === 'earned' ? WIDTHS.earned : WIDTHS.amount,
    align: 'end',
    cell,
  });
  const columns: Column<BusinessDay>[] = [
    { key: 'day', title: t('days.day'), width: WIDTHS.day, cell: (day) => <DayName day={day} /> },
    {
      key: 'state',
      title: t('days.state'),
      width: WIDTHS.state,
      cell: (day) => <DayState day={day} nameOf={nameOf} />,
    },
    amount('fees', ({ fees }) => <Amount value={fees} sign="always" />),
    amount('rewards', ({ rewards }) => <Amount value={negated(rewards)} sign="always" />),
    amount('corrections', ({ corrections }) => <Amount value={corrections} sign="always" />),
    amount('earned', (day) => <Earned day={day} />),
    {
      key: 'payouts',
      title: t('days.payouts'),
      cell: (day) => (day.state === 'closed' ? <PayoutCounts counts={day.payouts} /> : close(day)),
    },
  ];
  return (
    <Rows
      caption={t('days.caption')}
      columns={columns}
      rows={days}
      keyOf={dayOf}
      onEnd={onEnd}
      onOpen={({ day }) => void navigate(generatePath(addresses.day, { day }))}
      card={(day) => (
        <div className={classes['card']}>
          <strong>
            <DayName day={day} />
          </strong>
          <Amount value={day.earned} tone="meaning" />
          <span className={classes['wide']}>
            <DayState day={day} nameOf={nameOf} />
          </span>
          {day.state === 'closed' && (
            <span className={classes['wide']}>
              <PayoutCounts counts={day.payouts} />
            </span>
          )}
          {day.day === open?.day && <span className={classes['wide']}>{close(day)}</span>}
        </div>
      )}
    />
  );
}

function Close({ day }: { day: string }) {
  return <CloseDay day={day} tabIndex={useRowTabIndex()} />;
}

function Earned({ day: { earned, returned } }: { day: BusinessDay }) {
  const { t } = useTranslation('payouts');
  return (
    <>
      <Amount value={earned} tone="meaning" />
      {returned.amount !== '0' && (
        <div className="quiet">
          <Amount value={returned} /> {t('days.returned')}
        </div>
      )}
    </>
  );
}

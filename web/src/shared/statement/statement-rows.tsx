import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Amount } from '../../ui/amount';
import { Moment } from '../../ui/moment';
import { Rows, type Column } from '../../ui/rows';
import { Carried, DayHead, DaySums } from './day-rows';
import { Line } from './line';
import type { Entry } from './queries';
import type { StatementRow } from './rows-of';
import classes from './statement.module.css';
import type { useOtherEntry } from './use-other-entry';

const WIDTHS = { at: '112px', amount: '120px', actions: '128px' };
const keyOf = ({ key }: StatementRow): string => key;

/** Rows of a statement: heads of business days, and lines with the balance after each. */
export function StatementRows({
  rows,
  isAll,
  isOwn,
  nameOf,
  other,
  action,
  onEnd,
}: {
  rows: readonly StatementRow[];
  /** Whether lines of all kinds are shown. */
  isAll: boolean;
  isOwn: boolean;
  nameOf: (id: string) => string;
  /** Leads from a line to the one that it takes back, or that took it back. */
  other: ReturnType<typeof useOtherEntry>;
  action?: ((entry: Entry) => ReactNode) | undefined;
  onEnd: () => void;
}) {
  const { t } = useTranslation('statement');
  const after = t(isAll ? 'balanceAfter' : 'balanceAfterAll');
  const ofEntry =
    (show: (entry: Entry) => ReactNode) =>
    (row: StatementRow): ReactNode =>
      row.type === 'entry' && show(row.entry);
  const columns: Column<StatementRow>[] = [
    {
      key: 'at',
      title: t('time'),
      width: WIDTHS.at,
      cell: ofEntry(({ at }) => <Moment at={at} />),
    },
    {
      key: 'what',
      title: t('what'),
      cell: (row) => <What {...{ row, isOwn, nameOf }} onShow={other.show} />,
    },
    {
      key: 'amount',
      title: t('amount'),
      width: WIDTHS.amount,
      align: 'end',
      cell: ofEntry(({ amount }) => <Amount value={amount} sign="always" tone="meaning" />),
    },
    {
      key: 'after',
      title: after,
      width: WIDTHS.amount,
      align: 'end',
      cell: (row) => <Balance row={row} />,
    },
    ...(action === undefined
      ? []
      : [
          {
            key: 'action',
            title: t('action'),
            width: WIDTHS.actions,
            align: 'end' as const,
            cell: ofEntry(action),
          },
        ]),
  ];
  return (
    <Rows
      caption={t('caption')}
      rows={rows}
      keyOf={keyOf}
      onEnd={onEnd}
      returnTo={other.returnTo}
      columns={columns}
      card={(row) => (
        <div className={classes['card']}>
          <What {...{ row, isOwn, nameOf }} onShow={other.show} />
          {row.type === 'entry' && (
            <>
              <Amount value={row.entry.amount} sign="always" tone="meaning" />
              <span className="quiet">
                <Moment at={row.entry.at} /> · {after} <Amount value={row.entry.balanceAfter} />
              </span>
              <span>{action?.(row.entry)}</span>
            </>
          )}
        </div>
      )}
    />
  );
}

function What({
  row,
  isOwn,
  nameOf,
  onShow,
}: {
  row: StatementRow;
  isOwn: boolean;
  nameOf: (id: string) => string;
  onShow: (id: string) => void;
}) {
  if (row.type === 'entry') {
    return <Line {...{ row, isOwn, nameOf, onShow }} />;
  }
  if (row.type === 'carried') return <Carried day={row.day} />;
  return (
    <>
      <DayHead day={row.day} />
      <DaySums day={row.day} />
    </>
  );
}

/** After a line the balance; beside the head of a day, what the day ended with, or has now. */
function Balance({ row }: { row: StatementRow }) {
  if (row.type === 'carried') return null;
  if (row.type === 'entry') return <Amount value={row.entry.balanceAfter} />;
  return (
    <strong>
      <Amount value={row.day.closing} />
    </strong>
  );
}

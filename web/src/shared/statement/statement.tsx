import { Button } from '@mantine/core';
import { useCallback, useMemo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { usePeople } from '../../api/people';
import type { Address } from '../../lib/address';
import { rangeFault } from '../../lib/day-range';
import type { Day } from '../../lib/time';
import { CsvLink } from '../../ui/csv-link';
import { Empty } from '../../ui/empty';
import { Fetched } from '../../ui/fetched';
import { NativeSelect } from '../../ui/fields';
import { ListEnd } from '../../ui/list-end';
import { RangeFields } from '../../ui/range-fields';
import {
  FIELDS,
  KINDS,
  fileOf,
  rangeOf,
  useEntries,
  useStatementDays,
  type Entry,
  type Holder,
  type Payout,
} from './queries';
import { rowsOf } from './rows-of';
import classes from './statement.module.css';
import { StatementRows } from './statement-rows';
import { useOtherEntry } from './use-other-entry';

const ROWS = 8;
const NONE: readonly Payout[] = [];
export { FIELDS };

/** Statement of an account: each line says what it is, and what the balance was after it. */
export function Statement({
  holder,
  openDay,
  address: { values, change },
  emptyWhy,
  payouts = NONE,
  action,
}: {
  holder: Holder;
  /** Null while it is not known: the days that the server shows are the same. */
  openDay: Day | null;
  address: Pick<Address<typeof FIELDS>, 'values' | 'change'>;
  /** When the first line appears. */
  emptyWhy: string;
  /** Payouts of the account, as far as they are known: they explain their lines. */
  payouts?: readonly Payout[];
  /** What the viewer may do with a line. */
  action?: (entry: Entry) => ReactNode;
}) {
  const { t } = useTranslation('statement');
  const { kind } = values;
  const { from, to } = values;
  const range = rangeOf(values, openDay);
  const fault = rangeFault(range);
  const isAsked = { enabled: fault === null };
  const entries = useEntries(holder, { from, to, kind }, isAsked);
  const days = useStatementDays(holder, { from, to }, isAsked).data?.items;
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage } = entries;
  const more = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  const rows = useMemo(
    () => rowsOf(data ?? [], days ?? [], !hasNextPage, { isAll: kind === 'all', payouts }),
    [data, days, kind, hasNextPage, payouts],
  );
  const other = useOtherEntry(entries);
  const nameOf = usePeople((data ?? []).map(({ by }) => by));
  const isAway = data?.some(({ taskId, task }) => taskId !== null && task === null) === true;
  const isFiltered = from !== null || to !== null || kind !== 'all';
  const file = { ...range, ...(kind !== 'all' && { kind }) };
  return (
    <section aria-labelledby="statement">
      <div className={classes['head']}>
        <h2 id="statement">{t('title')}</h2>
        <CsvLink path={fileOf(holder)} filters={file} />
      </div>
      <div className={classes['filters']}>
        <RangeFields {...{ range, fault, openDay }} onChange={change} />
        <NativeSelect
          label={t('kind')}
          value={kind}
          onChange={({ currentTarget: { value } }) =>
            change({ kind: KINDS.find((each) => each === value) ?? 'all' })
          }
          data={KINDS.map((each) => ({ value: each, label: t(`kinds.${each}`) }))}
        />
      </div>
      {isAway && <p role="status">{t('tasksAway')}</p>}
      <div role="status">{other.isMissing && t('missing')}</div>
      {fault === null && (
        <Fetched query={entries} rows={ROWS}>
          {() =>
            rows.length === 0 ? (
              <Nothing
                isFiltered={isFiltered}
                why={emptyWhy}
                onClear={() => change({ from: null, to: null, kind: 'all' })}
              />
            ) : (
              <StatementRows
                rows={rows}
                isAll={kind === 'all'}
                isOwn={holder === 'me'}
                {...{ nameOf, other, action }}
                onEnd={more}
              />
            )
          }
        </Fetched>
      )}
      <ListEnd list={entries} shown={data?.length ?? 0} />
    </section>
  );
}

function Nothing({
  isFiltered,
  why,
  onClear,
}: {
  isFiltered: boolean;
  why: string;
  onClear: () => void;
}) {
  const { t } = useTranslation('statement');
  const { t: common } = useTranslation();
  if (!isFiltered) return <Empty title={t('empty')}>{why}</Empty>;
  return (
    <Empty
      title={common('list.noMatch')}
      action={
        <Button variant="default" onClick={onClear}>
          {common('actions.clearFilters')}
        </Button>
      }
    />
  );
}

import { Button } from '@mantine/core';
import { useCallback, useMemo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { usePeople } from '../../api/people';
import type { Address } from '../../lib/address';
import type { Day } from '../../lib/time';
import { CsvLink } from '../../ui/csv-link';
import { Empty } from '../../ui/empty';
import { Fetched } from '../../ui/fetched';
import { NativeSelect, TextInput } from '../../ui/fields';
import { ListEnd } from '../../ui/list-end';
import {
  FIELDS,
  KINDS,
  fileOf,
  rangeOf,
  useEntries,
  useStatementDays,
  type Entry,
  type Holder,
} from './queries';
import { rowsOf } from './rows-of';
import classes from './statement.module.css';
import { StatementRows } from './statement-rows';
import { useOtherEntry } from './use-other-entry';

const ROWS = 8;
export { FIELDS };

/** Statement of an account: each line says what it is, and what the balance was after it. */
export function Statement({
  holder,
  openDay,
  address: { values, change },
  emptyWhy,
  action,
}: {
  holder: Holder;
  openDay: Day;
  address: Pick<Address<typeof FIELDS>, 'values' | 'change'>;
  /** When the first line appears. */
  emptyWhy: string;
  /** What the viewer may do with a line. */
  action?: (entry: Entry) => ReactNode;
}) {
  const { t } = useTranslation('statement');
  const { kind } = values;
  const range = rangeOf(values, openDay);
  const entries = useEntries(holder, { ...range, kind });
  const days = useStatementDays(holder, range).data?.items;
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage } = entries;
  const more = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  const rows = useMemo(
    () => rowsOf(data ?? [], kind === 'all' ? (days ?? []) : [], !hasNextPage),
    [data, days, kind, hasNextPage],
  );
  const other = useOtherEntry(entries);
  const nameOf = usePeople((data ?? []).map(({ by }) => by));
  const isAway = data?.some(({ taskId, task }) => taskId !== null && task === null) === true;
  const isFiltered = values.from !== null || values.to !== null || kind !== 'all';
  const file = { ...range, ...(kind !== 'all' && { kind }) };
  return (
    <section aria-labelledby="statement">
      <div className={classes['head']}>
        <h2 id="statement">{t('title')}</h2>
        <CsvLink path={fileOf(holder)} filters={file} />
      </div>
      <div className={classes['filters']}>
        {(['from', 'to'] as const).map((end) => (
          <TextInput
            key={end}
            type="date"
            label={t(end)}
            max={openDay}
            value={range[end]}
            onChange={({ currentTarget: { value } }) => change({ [end]: value || null })}
          />
        ))}
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

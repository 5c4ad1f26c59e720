import { Button } from '@mantine/core';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePeople } from '../../../api/people';
import { formatDay } from '../../../lib/time';
import { Amount } from '../../../ui/amount';
import { Empty } from '../../../ui/empty';
import { Fetched } from '../../../ui/fetched';
import { ListEnd } from '../../../ui/list-end';
import { Moment } from '../../../ui/moment';
import { useRowTabIndex } from '../../../ui/row-focus';
import { Rows } from '../../../ui/rows';
import { useLanguage } from '../../../ui/use-language';
import type { Entry, useEntries } from '../queries';
import { EntryWords } from './entry-words';
import { useOtherEntry } from './use-other-entry';
import classes from '../accounts.module.css';

const WIDTHS = { at: '128px', day: '96px', amount: '120px', actions: '136px' };
const ROWS = 8;
const REVERSIBLE: readonly Entry['kind'][] = ['fee', 'reward', 'reversal'];
const idOf = ({ id }: Entry): string => id;

/** Entries of an account, newest first. */
export function EntryList({
  entries,
  emptyWhy,
  renderReverse,
}: {
  entries: ReturnType<typeof useEntries>;
  emptyWhy: string;
  /** Dialog that reverses an entry; null where nobody may. */
  renderReverse: ((entry: Entry, onClose: () => void) => React.ReactNode) | null;
}) {
  const { t } = useTranslation('accounts');
  const [reversed, setReversed] = useState<Entry | null>(null);
  const other = useOtherEntry(entries);
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = entries;
  const more = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  return (
    <>
      <Fetched query={entries} rows={ROWS}>
        {(items) =>
          items.length === 0 ? (
            <Empty title={t('account.empty')}>{emptyWhy}</Empty>
          ) : (
            <EntryRows
              entries={items}
              other={other}
              onReverse={renderReverse && setReversed}
              onEnd={more}
            />
          )
        }
      </Fetched>
      <ListEnd list={entries} shown={entries.data?.length ?? 0} />
      {reversed && renderReverse?.(reversed, () => setReversed(null))}
    </>
  );
}

function EntryRows({
  entries,
  other,
  onReverse,
  onEnd,
}: {
  entries: readonly Entry[];
  other: ReturnType<typeof useOtherEntry>;
  onReverse: ((entry: Entry) => void) | null;
  onEnd: () => void;
}) {
  const { t } = useTranslation('accounts');
  const language = useLanguage();
  const nameOf = usePeople(entries.map(({ by }) => by));
  const what = (entry: Entry) => <EntryWords entry={entry} nameOf={nameOf} onShow={other.show} />;
  const reverse = (entry: Entry) =>
    onReverse && <ReverseButton entry={entry} onPress={onReverse} />;
  return (
    <Rows
      caption={t('account.caption')}
      rows={entries}
      keyOf={idOf}
      onEnd={onEnd}
      returnTo={other.returnTo}
      columns={[
        {
          key: 'at',
          title: t('entry.at'),
          width: WIDTHS.at,
          cell: ({ at }) => <Moment at={at} />,
        },
        { key: 'what', title: t('entry.what'), cell: what },
        {
          key: 'day',
          title: t('entry.day'),
          width: WIDTHS.day,
          cell: ({ day }) => formatDay(day, language),
        },
        {
          key: 'amount',
          title: t('entry.amount'),
          width: WIDTHS.amount,
          align: 'end',
          cell: ({ amount }) => <Amount value={amount} sign="always" tone="meaning" />,
        },
        {
          key: 'after',
          title: t('entry.balanceAfter'),
          width: WIDTHS.amount,
          align: 'end',
          cell: ({ balanceAfter }) => <Amount value={balanceAfter} />,
        },
        ...(onReverse
          ? [
              {
                key: 'actions',
                title: t('entry.actions'),
                width: WIDTHS.actions,
                align: 'end' as const,
                cell: reverse,
              },
            ]
          : []),
      ]}
      card={(entry) => (
        <div className={classes['card']}>
          {what(entry)}
          <Amount value={entry.amount} sign="always" tone="meaning" />
          <span className="quiet">
            <Moment at={entry.at} />
            {' · '}
            {t('entry.balanceAfter')} <Amount value={entry.balanceAfter} />
          </span>
          <span>{reverse(entry)}</span>
        </div>
      )}
    />
  );
}

function ReverseButton({ entry, onPress }: { entry: Entry; onPress: (entry: Entry) => void }) {
  const { t } = useTranslation('accounts');
  const tabIndex = useRowTabIndex();
  if (entry.reversedById !== null || !REVERSIBLE.includes(entry.kind)) return null;
  return (
    <Button variant="default" size="xs" tabIndex={tabIndex} onClick={() => onPress(entry)}>
      {t('reverse.open')}
    </Button>
  );
}

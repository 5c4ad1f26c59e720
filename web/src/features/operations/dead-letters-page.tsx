import { useTranslation } from 'react-i18next';
import { usePeople } from '../../api/people';
import { day, maybeOneOf, oneOf, useAddress } from '../../lib/address';
import { Empty } from '../../ui/empty';
import { Fetched } from '../../ui/fetched';
import { ListEnd } from '../../ui/list-end';
import { Rows } from '../../ui/rows';
import { Tabs } from '../../ui/tabs';
import classes from './operations.module.css';
import { DeadLetterActions } from './parts/dead-letter-actions';
import { DeadLetterFilterFields } from './parts/dead-letter-filters';
import { Event, Reason, Seen } from './parts/dead-letter-words';
import { NoMatch } from './parts/no-match';
import { ReplayAll } from './parts/replay-all';
import { Sections } from './parts/sections';
import { useWords } from './parts/use-words';
import {
  deadLetterServices,
  deadLetterStates,
  openDeadLetters,
  useDeadLetters,
  useStatus,
  type DeadLetter,
  type DeadLetterFilters,
} from './queries';
import { eventTypes } from './words';

const FIELDS = {
  service: oneOf(deadLetterServices, 'account'),
  state: oneOf(deadLetterStates, 'open'),
  type: maybeOneOf(eventTypes),
  from: day,
  to: day,
};
const ROWS = 5;

/** Events that a service could not process: replayed, or discarded with a reason. */
export function DeadLettersPage() {
  const { t } = useTranslation('operations');
  const words = useWords();
  const { values, change } = useAddress(FIELDS);
  const status = useStatus().data;
  const letters = useDeadLetters(values);
  const { state, type, from, to } = values;
  const clear = (): void => change({ type: null, from: null, to: null });
  const isFiltered = type !== null || from !== null || to !== null;
  return (
    <>
      <Sections />
      <Tabs
        label={t('deadLetters.service')}
        items={deadLetterServices.map((service) => ({
          value: service,
          label: words.service(service),
          count: openDeadLetters(status, service),
        }))}
        value={values.service}
        onChange={(service) => change({ service })}
      />
      <DeadLetterFilterFields values={values} onChange={change} onClear={clear} />
      <Fetched query={letters} rows={ROWS}>
        {(items) =>
          items.length > 0 ? (
            <List
              filters={values}
              letters={items}
              onEnd={() => letters.hasNextPage && void letters.fetchNextPage()}
            />
          ) : isFiltered || state !== 'open' ? (
            <NoMatch onClear={isFiltered ? clear : undefined} />
          ) : (
            <Empty title={t('deadLetters.empty')}>{t('deadLetters.emptyWhy')}</Empty>
          )
        }
      </Fetched>
      <ListEnd list={letters} shown={letters.data?.length ?? 0} />
    </>
  );
}

function List({
  filters: { service, state },
  letters,
  onEnd,
}: {
  filters: DeadLetterFilters;
  letters: readonly DeadLetter[];
  onEnd: () => void;
}) {
  const { t } = useTranslation('operations');
  const nameOf = usePeople(letters.map(({ resolvedBy }) => resolvedBy));
  const reason = (letter: DeadLetter) => (
    <Reason service={service} letter={letter} nameOf={nameOf} />
  );
  const actions = (letter: DeadLetter) => <DeadLetterActions service={service} letter={letter} />;
  return (
    <>
      {state === 'open' && <ReplayAll service={service} letters={letters} />}
      <Rows
        caption={t('deadLetters.caption')}
        rows={letters}
        keyOf={({ id }) => id}
        onEnd={onEnd}
        columns={[
          { key: 'event', title: t('deadLetters.event'), cell: (each) => <Event letter={each} /> },
          { key: 'since', title: t('deadLetters.since'), cell: (each) => <Seen letter={each} /> },
          {
            key: 'attempts',
            title: t('deadLetters.attempts'),
            cell: ({ timesSeen }) => timesSeen,
            align: 'end',
            width: '80px',
          },
          { key: 'reason', title: t('deadLetters.reason'), cell: reason, width: '36%' },
          { key: 'actions', title: t('deadLetters.actions'), cell: actions, width: '200px' },
        ]}
        card={(letter) => (
          <div className={classes['card']}>
            <Event letter={letter} />
            <span className="quiet">
              <Seen letter={letter} /> · {t('deadLetters.attempts')}: {letter.timesSeen}
            </span>
            {reason(letter)}
            {actions(letter)}
          </div>
        )}
      />
    </>
  );
}

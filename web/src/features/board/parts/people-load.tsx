import { Button } from '@mantine/core';
import { Fragment, memo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PAGE } from '../../../api/list';
import { usePeople } from '../../../api/people';
import { Bar } from '../../../ui/bar';
import { Moment } from '../../../ui/moment';
import { useIsPhone } from '../../../ui/use-is-phone';
import classes from '../board.module.css';
import type { Load } from '../queries';

const COLUMNS = 4;

interface LineProps {
  load: Load;
  name: string;
  /** Largest numbers of anybody: the bars compare with them. */
  mostOpen: number;
  mostFinished: number;
  isChosen: boolean;
  /** Whether a press opens something below the line; else it filters. */
  isOpener: boolean;
  onChoose: (userId: string) => void;
}

/**
 * What each person has to do and has done in the current business day: bars with numbers. A press
 * on a person chooses them, or no longer; `inside` is shown below the chosen one.
 */
export function PeopleLoad({
  caption,
  items,
  chosen,
  onChoose,
  inside,
}: {
  caption: string;
  items: readonly Load[];
  chosen: string | null;
  onChoose: (userId: string) => void;
  inside?: (userId: string) => React.ReactNode;
}) {
  const { t } = useTranslation('board');
  const isPhone = useIsPhone();
  const [isWhole, showWhole] = useState(false);
  const nameOf = usePeople(items.map(({ userId }) => userId));
  const mostOpen = Math.max(0, ...items.map(({ open }) => open));
  const mostFinished = Math.max(0, ...items.map(({ finishedInDay }) => finishedInDay));
  const shown = isWhole
    ? items
    : items.filter((each, place) => place < PAGE || each.userId === chosen);
  const lines = shown.map((load) => {
    const { userId } = load;
    const isChosen = userId === chosen;
    const line = {
      load,
      name: nameOf(userId),
      mostOpen,
      mostFinished,
      isChosen,
      isOpener: inside !== undefined,
      onChoose,
    };
    return { userId, line, below: isChosen ? inside?.(userId) : undefined };
  });
  const more = shown.length < items.length && (
    <Button variant="default" onClick={() => showWhole(true)}>
      {t('load.all', { count: items.length })}
    </Button>
  );
  if (isPhone) {
    return (
      <>
        <ul className={classes['people']} aria-label={caption}>
          {lines.map(({ userId, line, below }) => (
            <li key={userId}>
              <CardLine {...line} />
              {below}
            </li>
          ))}
        </ul>
        {more}
      </>
    );
  }
  return (
    <>
      <table className={classes['load']}>
        <caption className="visually-hidden">{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{t('load.person')}</th>
            <th scope="col">{t('load.open')}</th>
            <th scope="col">{t('load.oldest')}</th>
            <th scope="col">{t('load.finished')}</th>
          </tr>
        </thead>
        <tbody>
          {lines.map(({ userId, line, below }) => (
            <Fragment key={userId}>
              <TableLine {...line} />
              {below !== undefined && (
                <tr>
                  <td colSpan={COLUMNS}>{below}</td>
                </tr>
              )}
            </Fragment>
          ))}
        </tbody>
      </table>
      {more}
    </>
  );
}

const TableLine = memo(function TableLine(props: LineProps) {
  const { load, mostOpen, mostFinished } = props;
  return (
    <tr data-chosen={props.isChosen || undefined}>
      <th scope="row">
        <Person {...props} />
      </th>
      <td>
        <Bar value={load.open} largest={mostOpen} />
      </td>
      <td>
        <Oldest load={load} />
      </td>
      <td>
        <Bar value={load.finishedInDay} largest={mostFinished} />
      </td>
    </tr>
  );
});

const CardLine = memo(function CardLine(props: LineProps) {
  const { t } = useTranslation('board');
  const { load, mostOpen, mostFinished } = props;
  return (
    <>
      <Person {...props} />
      <dl className={classes['figures']}>
        <dt>{t('load.open')}</dt>
        <dd>
          <Bar value={load.open} largest={mostOpen} />
        </dd>
        <dt>{t('load.finished')}</dt>
        <dd>
          <Bar value={load.finishedInDay} largest={mostFinished} />
        </dd>
        <dt>{t('load.oldest')}</dt>
        <dd>
          <Oldest load={load} />
        </dd>
      </dl>
    </>
  );
});

function Person({ load: { userId }, name, isChosen, isOpener, onChoose }: LineProps) {
  const pressed = isOpener ? { 'aria-expanded': isChosen } : { 'aria-pressed': isChosen };
  return (
    <button
      type="button"
      className={classes['person']}
      onClick={() => onChoose(userId)}
      {...pressed}
    >
      {isOpener && <span aria-hidden>{isChosen ? '▾' : '▸'}</span>} {name}
    </button>
  );
}

function Oldest({ load: { oldestAssignedAt } }: { load: Load }) {
  const { t } = useTranslation('board');
  if (oldestAssignedAt === null) return <span className="quiet">{t('load.nothing')}</span>;
  return <Moment at={oldestAssignedAt} />;
}

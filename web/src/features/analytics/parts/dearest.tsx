import { useTranslation } from 'react-i18next';
import { usePeople } from '../../../api/people';
import type { Range } from '../../../lib/day-range';
import { formatDay } from '../../../lib/time';
import { Amount } from '../../../ui/amount';
import { Fetched } from '../../../ui/fetched';
import { Tabs } from '../../../ui/tabs';
import { useLanguage } from '../../../ui/use-language';
import classes from '../analytics.module.css';
import { periods, useDearest, type DearestTask, type Period } from '../queries';

const ROWS = 4;
const SHOWN_OF_ID = 8;

/** The dearest finished task of each period; periods in which nothing was finished are left out. */
export function Dearest({
  range,
  period,
  onPeriod,
}: {
  range: Range;
  period: Period;
  onPeriod: (period: Period) => void;
}) {
  const { t } = useTranslation('analytics');
  const dearest = useDearest(range, period);
  return (
    <section className={classes['part']}>
      <div className={classes['partHead']}>
        <h2>{t('dearest.title')}</h2>
      </div>
      <Tabs
        label={t('dearest.label')}
        items={periods.map((each) => ({ value: each, label: t(`dearest.periods.${each}`) }))}
        value={period}
        onChange={onPeriod}
      />
      <Fetched query={dearest} rows={ROWS}>
        {({ items, tasksUnavailable }) => (
          <>
            {tasksUnavailable && <p role="status">{t('dearest.away')}</p>}
            <Tasks found={items.flatMap(({ task, ...days }) => (task ? { task, ...days } : []))} />
          </>
        )}
      </Fetched>
    </section>
  );
}

type Found = DearestTask & { task: NonNullable<DearestTask['task']> };

function Tasks({ found }: { found: readonly Found[] }) {
  const { t } = useTranslation('analytics');
  const language = useLanguage();
  const nameOf = usePeople(found.map(({ task }) => task.assigneeId));
  if (found.length === 0) return <p>{t('dearest.empty')}</p>;
  const days = ({ from, to }: Found): string =>
    from === to
      ? formatDay(from, language)
      : t('range.chosen', { from: formatDay(from, language), to: formatDay(to, language) });
  return (
    <ul className={classes['people']} aria-label={t('dearest.caption')}>
      {found.map((each) => (
        <li key={each.from}>
          <span>
            {each.task.jiraId !== null && <span className="quiet">{each.task.jiraId} </span>}
            {each.task.title ?? t('dearest.unnamed', { id: each.task.id.slice(0, SHOWN_OF_ID) })}
          </span>
          <Amount value={each.task.price} />
          <span className="quiet">
            {days(each)} · {nameOf(each.task.assigneeId)}
          </span>
        </li>
      ))}
    </ul>
  );
}

import { useTranslation } from 'react-i18next';
import { generatePath, Link } from 'react-router';
import { useSettings } from '../../api/session';
import { addresses } from '../../app/addresses';
import { formatMoney } from '../../lib/money';
import { formatRate } from '../../lib/rate';
import { formatDay, formatWeekdayTime, viewerZone } from '../../lib/time';
import { useRowTabIndex } from '../../ui/row-focus';
import { useLanguage } from '../../ui/use-language';
import type { Entry } from './queries';
import classes from './statement.module.css';

/** A line as a sentence: its kind, its task, and why the amount is what it is. */
export function Line({
  entry,
  isOwn,
  isLate,
  nameOf,
}: {
  entry: Entry;
  /** Whether the statement is the viewer's own. */
  isOwn: boolean;
  /** The day it happened in was closed already. */
  isLate: boolean;
  nameOf: (id: string) => string;
}) {
  const { t } = useTranslation('statement');
  const why = useWhy(entry, isOwn);
  const { reason, by, reversedById } = entry;
  return (
    <div className={classes['line']}>
      <EntryName entry={entry} />
      <div className="quiet">
        {why}
        {reason !== null && ` ${t('reason', { reason })}`}
        {by !== null && ` · ${t('by', { name: nameOf(by) })}`}
        {isLate && <Late entry={entry} />}
        {reversedById !== null && (
          <span className={classes['takenBack']}>
            {why === '' ? '' : ' · '}
            {t('takenBack')}
          </span>
        )}
      </div>
    </div>
  );
}

/** Kind of an entry, and its task; `a task` while the board cannot say which. */
export function EntryName({ entry: { kind, task, taskId } }: { entry: Entry }) {
  const { t } = useTranslation('statement');
  const tabIndex = useRowTabIndex();
  return (
    <span>
      <strong>{t(`kinds.${kind}`)}</strong>
      {taskId !== null && (
        <>
          {' · '}
          {task?.jiraId && <span className="quiet">{task.jiraId} </span>}
          <Link to={generatePath(addresses.task, { id: taskId })} tabIndex={tabIndex}>
            {task?.title ?? t('aTask')}
          </Link>
        </>
      )}
    </span>
  );
}

/** Why the amount is what it is, in words. */
function useWhy({ kind, assignmentNumber, basis, day }: Entry, isOwn: boolean): string {
  const { t } = useTranslation('statement');
  const language = useLanguage();
  if (kind === 'payout') return t('why.payout', { day: formatDay(day, language) });
  if (kind === 'reversal' || kind === 'return') return t(`why.${kind}`);
  const whose = isOwn ? 'why' : 'whyOther';
  const again = kind === 'fee' && assignmentNumber !== null && assignmentNumber > 1;
  const what = again
    ? t(`${whose}.feeAgain`, { count: assignmentNumber, ordinal: true })
    : t(`${whose}.${kind}`);
  if (basis === null) return what;
  const price = formatMoney(basis.price, language);
  return `${what} · ${t('share', { share: formatRate(basis.rate, language), price })}`;
}

/** A line that was booked after the day it happened in was closed says so. */
function Late({ entry: { at, day } }: { entry: Entry }) {
  const { t } = useTranslation('statement');
  const language = useLanguage();
  const zone = useSettings().data?.businessTimeZone ?? viewerZone();
  const happened = formatWeekdayTime(at, language, zone);
  return <> · {t('late', { happened, day: formatDay(day, language) })}</>;
}

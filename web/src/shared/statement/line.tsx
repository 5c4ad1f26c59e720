import { useTranslation } from 'react-i18next';
import { generatePath } from 'react-router';
import { useSettings } from '../../api/session';
import { addresses } from '../../app/addresses';
import { Allowed } from '../../app/gate';
import { formatMoney } from '../../lib/money';
import { formatRate } from '../../lib/rate';
import { formatDay, formatWeekdayTime, viewerZone } from '../../lib/time';
import { useRowTabIndex } from '../../ui/row-focus';
import { RowLink } from '../../ui/row-link';
import { useLanguage } from '../../ui/use-language';
import type { Entry } from './queries';
import classes from './statement.module.css';

/** A line as a sentence: what it is, why, and the line or the payout that it belongs to. */
export function Line({
  entry,
  isOwn,
  isLate,
  nameOf,
  onShow,
}: {
  entry: Entry;
  /** Whether the statement is the viewer's own. */
  isOwn: boolean;
  /** The day it happened in was closed already. */
  isLate: boolean;
  nameOf: (id: string) => string;
  /** Leads to another line of the statement. */
  onShow: (id: string) => void;
}) {
  const { t } = useTranslation('statement');
  const tabIndex = useRowTabIndex();
  const why = useWhy(entry, isOwn);
  const { reason, by, payoutId, reversedById, reversesId } = entry;
  const other = reversedById ?? reversesId;
  return (
    <div className={classes['line']}>
      <EntryName entry={entry} />
      <div className="quiet">
        {why}
        {reason !== null && ` ${t('reason', { reason })}`}
        {by !== null && ` · ${t('by', { name: nameOf(by) })}`}
        {isLate && <Late entry={entry} />}
        {payoutId !== null && (
          <Allowed to="payouts.manage">
            {' '}
            <RowLink to={generatePath(addresses.payout, { id: payoutId })}>{t('payout')}</RowLink>
          </Allowed>
        )}
      </div>
      {other !== null && (
        <button
          type="button"
          className={classes['link']}
          tabIndex={tabIndex}
          onClick={() => onShow(other)}
        >
          {t(reversedById === null ? 'takesBack' : 'takenBack')}
        </button>
      )}
    </div>
  );
}

/** Kind of an entry, and its task; `a task` while the board cannot say which. */
export function EntryName({ entry: { kind, task, taskId } }: { entry: Entry }) {
  const { t } = useTranslation('statement');
  return (
    <span>
      <strong>{t(`kinds.${kind}`)}</strong>
      {taskId !== null && (
        <>
          {' · '}
          {task?.jiraId && <span className="quiet">{task.jiraId} </span>}
          <RowLink to={generatePath(addresses.task, { id: taskId })}>
            {task?.title ?? t('aTask')}
          </RowLink>
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

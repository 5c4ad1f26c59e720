import { useTranslation } from 'react-i18next';
import { generatePath } from 'react-router';
import { useSettings } from '../../api/session';
import { addresses } from '../../app/addresses';
import { Allowed } from '../../app/gate';
import { maskedAccount } from '../../lib/grouped-account';
import { formatMoney } from '../../lib/money';
import { formatRate } from '../../lib/rate';
import { formatDay, formatWeekdayTime, viewerZone } from '../../lib/time';
import { useRowTabIndex } from '../../ui/row-focus';
import { RowLink } from '../../ui/row-link';
import { useLanguage } from '../../ui/use-language';
import type { Entry } from './queries';
import type { EntryRow, PaidPayout } from './rows-of';
import classes from './statement.module.css';

/** A line as a sentence: what it is, why, and the line or the payout that it belongs to. */
export function Line({
  row,
  isOwn,
  nameOf,
  onShow,
}: {
  row: EntryRow;
  /** Whether the statement is the viewer's own. */
  isOwn: boolean;
  nameOf: (id: string) => string;
  /** Leads to another line of the statement. */
  onShow: (id: string) => void;
}) {
  const { t } = useTranslation('statement');
  const tabIndex = useRowTabIndex();
  const why = useWhy(row, isOwn);
  const { entry, isLate } = row;
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
function useWhy({ entry, payout, other }: EntryRow, isOwn: boolean): string {
  const { t } = useTranslation('statement');
  const language = useLanguage();
  const ofPayout = usePayoutWords(payout);
  const { kind, assignmentNumber, basis } = entry;
  if (kind === 'payout') return ofPayout;
  if (kind === 'return') return `${ofPayout} · ${t('why.return')}`;
  if (kind === 'reversal' && entry.reversedById === null && other !== null) {
    return t(`reverses.${other.kind}`, { day: formatDay(other.day, language) });
  }
  if (kind === 'reversal') return t('why.reversal');
  const whose = isOwn ? 'why' : 'whyOther';
  const again = kind === 'fee' && assignmentNumber !== null && assignmentNumber > 1;
  const what = again
    ? t(`${whose}.feeAgain`, { count: assignmentNumber, ordinal: true })
    : t(`${whose}.${kind}`);
  if (basis === null) return what;
  const price = formatMoney(basis.price, language);
  return `${what} · ${t('share', { share: formatRate(basis.rate, language), price })}`;
}

/** Which business day a payout pays, where to, and how the bank names it; as far as known. */
function usePayoutWords(payout: PaidPayout | null): string {
  const { t } = useTranslation('statement');
  const language = useLanguage();
  if (payout === null) return t('why.payoutEarlier');
  const { bankAccount, reference } = payout;
  const day = formatDay(payout.day, language);
  const words = bankAccount
    ? t('why.payoutTo', { day, bankAccount: maskedAccount(bankAccount) })
    : t('why.payout', { day });
  return reference === null ? words : `${words} · ${reference}`;
}

/** A line that was booked after the day it happened in was closed says so. */
function Late({ entry: { at, day } }: { entry: Entry }) {
  const { t } = useTranslation('statement');
  const language = useLanguage();
  const zone = useSettings().data?.businessTimeZone ?? viewerZone();
  const happened = formatWeekdayTime(at, language, zone);
  return <> · {t('late', { happened, day: formatDay(day, language) })}</>;
}

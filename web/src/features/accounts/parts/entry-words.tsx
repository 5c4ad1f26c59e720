import { useTranslation } from 'react-i18next';
import { generatePath } from 'react-router';
import { addresses } from '../../../app/addresses';
import { Allowed } from '../../../app/gate';
import { formatMoney } from '../../../lib/money';
import { formatRate } from '../../../lib/rate';
import { useRowTabIndex } from '../../../ui/row-focus';
import { RowLink } from '../../../ui/row-link';
import { useLanguage } from '../../../ui/use-language';
import type { Entry } from '../queries';
import classes from '../accounts.module.css';

/** Kind of an entry, and its task; `a task` while the board cannot say which. */
export function EntryName({ entry: { kind, task, taskId } }: { entry: Entry }) {
  const { t } = useTranslation('accounts');
  return (
    <>
      {t(`kinds.${kind}`)}
      {task !== null && (
        <>
          {' · '}
          {task.jiraId !== null && <span className="quiet">{task.jiraId} </span>}
          {task.title}
        </>
      )}
      {task === null && taskId !== null && <> · {t('entry.aTask')}</>}
    </>
  );
}

/** An entry as a sentence: what it is, why, and the line or the payout that it belongs to. */
export function EntryWords({
  entry,
  nameOf,
  onShow,
}: {
  entry: Entry;
  nameOf: (id: string) => string;
  /** Leads to another entry of the account. */
  onShow: (id: string) => void;
}) {
  const { t } = useTranslation('accounts');
  const tabIndex = useRowTabIndex();
  const why = useWhy(entry);
  const { reason, by, payoutId, reversedById, reversesId } = entry;
  const other = reversedById ?? reversesId;
  return (
    <div>
      <EntryName entry={entry} />
      <div className="quiet">
        {why}
        {reason !== null && t('entry.reason', { reason })}
        {by !== null && <> · {t('entry.by', { name: nameOf(by) })}</>}
        {payoutId !== null && (
          <Allowed to="payouts.manage">
            <RowLink to={generatePath(addresses.payout, { id: payoutId })}>
              {t('entry.payout')}
            </RowLink>
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
          {reversedById === null ? t('entry.takesBack') : t('entry.takenBack')}
        </button>
      )}
    </div>
  );
}

/** Returns how the amount of a fee or a reward comes from the price of its task. */
function useWhy({ kind, basis, assignmentNumber }: Entry): string | null {
  const { t } = useTranslation('accounts');
  const language = useLanguage();
  if (basis === null) return null;
  const words = {
    rate: formatRate(basis.rate, language),
    price: formatMoney(basis.price, language),
  };
  if (kind === 'reward') return t('entry.reward', words);
  if (kind !== 'fee' || assignmentNumber === null) return null;
  return t('entry.fee', { ...words, count: assignmentNumber, ordinal: true });
}

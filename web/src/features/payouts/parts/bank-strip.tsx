import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatMoment, formatTime, viewerZone, dayIn } from '../../../lib/time';
import { useLanguage } from '../../../ui/use-language';
import { useNow } from '../../../ui/use-now';
import { STATES_OF, countOf, useBank, type Counts } from '../queries';
import classes from '../payouts.module.css';

/**
 * Says that the bank does not answer, since when, and how many payouts wait; and when that is over.
 * Nothing while it answers. The bank is asked about only while payouts are under way.
 */
export function BankStrip({
  counts,
  settledCount,
}: {
  counts: Counts;
  /** Payouts that are settled once none is under way; null where only a part of them is counted. */
  settledCount: number | null;
}) {
  const { t } = useTranslation('payouts');
  const under = countOf(counts, STATES_OF['under-way']);
  const [wasFailing, setFailing] = useState(false);
  const { data } = useBank(under > 0 || wasFailing);
  const isFailing = data?.state === 'failing';
  useEffect(() => {
    if (isFailing) setFailing(true);
  }, [isFailing]);
  if (!data) return null;
  if (isFailing) {
    return (
      <div className={classes['strip']} data-tone="waiting" role="status">
        <span aria-hidden>⚠ </span>
        {data.since !== null && <Failing since={data.since} />}{' '}
        {t('bank.waiting', { count: data.waiting })}
      </div>
    );
  }
  if (!wasFailing) return null;
  const isOver = under === 0 && data.waiting === 0;
  return (
    <div className={classes['strip']} data-tone="good" role="status">
      {isOver && settledCount !== null && t('bank.settled', { count: settledCount })}
      {isOver && settledCount === null && t('bank.settledAll')}
      {!isOver && (
        <>
          {t('bank.back')} {data.waiting > 0 && t('bank.waiting', { count: data.waiting })}
        </>
      )}
    </div>
  );
}

function Failing({ since }: { since: string }) {
  const { t } = useTranslation('payouts');
  const language = useLanguage();
  const zone = viewerZone();
  const isToday = dayIn(since, zone) === dayIn(new Date(useNow()).toISOString(), zone);
  const time = (isToday ? formatTime : formatMoment)(since, language, zone);
  return <>{t('bank.failing', { time })}</>;
}

import { useTranslation } from 'react-i18next';
import { Moment } from '../../../ui/moment';
import { TONES } from '../../../shared/payout/tones';
import { StatusMark } from '../../../ui/status-mark';
import { STATES, countOf, type Counts, type Payout } from '../queries';
import classes from '../payouts.module.css';

/** Reasons that have a text of the bank or of a person beside the words. */
const WITH_TEXT = ['refused', 'resolved-by-hand', 'no-clear-answer', 'returned-by-bank'];

/** Returns why a payout is where it is; null for one that needs no explanation. */
export function useWhy({ reasonCode, reason, bankReference }: Payout): string | null {
  const { t } = useTranslation('payouts');
  if (reasonCode === null) {
    return bankReference === null ? null : t('why.reference', { reference: bankReference });
  }
  const why = t(`why.${reasonCode}`);
  const hasText = reason !== null && WITH_TEXT.includes(reasonCode);
  return hasText ? t('why.withText', { why, text: reason }) : why;
}

/** State of a payout in words, why, and since when it is being sent. */
export function PayoutStateText({ payout }: { payout: Payout }) {
  const { t } = useTranslation('payouts');
  const { state, attempts } = payout;
  const why = useWhy(payout);
  const last = attempts.at(-1);
  const isTried = state === 'transferring' || state === 'unknown';
  return (
    <>
      <StatusMark tone={TONES[state]}>{t(`state.${state}`)}</StatusMark>
      {why !== null && <span className="quiet"> · {why}</span>}
      {isTried && last && (
        <span className="quiet">
          {' · '}
          {t('why.attempt', { count: attempts.length })} <Moment at={last.at} />
        </span>
      )}
    </>
  );
}

/** How many payouts are in which state. */
export function PayoutCounts({ counts }: { counts: Counts }) {
  const { t } = useTranslation('payouts');
  const present = STATES.filter((state) => countOf(counts, [state]) > 0);
  if (present.length === 0) return <span className="quiet">{t('days.none')}</span>;
  return (
    <span className={classes['summary']}>
      {present.map((state) => (
        <span key={state}>
          <StatusMark tone={TONES[state]}>
            {t(`counts.${state}`, { count: countOf(counts, [state]) })}
          </StatusMark>
        </span>
      ))}
    </span>
  );
}

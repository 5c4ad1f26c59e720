import { useTranslation } from 'react-i18next';
import { usePeople } from '../../../api/people';
import { Moment } from '../../../ui/moment';
import type { Tone } from '../../../ui/status-mark';
import type { Payout } from '../queries';
import { maskedAccount } from './use-account-of';
import classes from '../payouts.module.css';

type Event = Payout['timeline'][number];

const TONES: Readonly<Record<Event['kind'], Tone>> = {
  planned: 'quiet',
  attempt: 'waiting',
  refused: 'failed',
  paid: 'good',
  unclear: 'waiting',
  'needs-review': 'failed',
  resolved: 'quiet',
  retried: 'quiet',
  cancelled: 'quiet',
  returned: 'failed',
  'letter-sent': 'quiet',
};

/** The life of a payout, oldest first: attempts, answers, decisions and by whom, letters. */
export function Timeline({ payout }: { payout: Payout }) {
  const { t } = useTranslation('payouts');
  const { timeline, letterState, nextTryAt } = payout;
  const wordsOf = useWords(payout);
  return (
    <ol className={classes['timeline']}>
      {timeline.map((event, place) => (
        <li key={place} data-tone={TONES[event.kind]}>
          <p>
            {wordsOf(event)}
            {event.reason !== null && <> {t('timeline.reason', { reason: event.reason })}</>}
          </p>
          <p className="quiet">
            <Moment at={event.at} />
          </p>
        </li>
      ))}
      {nextTryAt !== null && (
        <li data-tone="waiting">
          <p className="quiet">
            {t('payout.nextTry')} <Moment at={nextTryAt} />
          </p>
        </li>
      )}
      {letterState === 'due' && (
        <li>
          <p className="quiet">{t('timeline.letterDue')}</p>
        </li>
      )}
      {letterState === 'failed' && (
        <li data-tone="failed">
          <p>{t('timeline.letterFailed')}</p>
        </li>
      )}
    </ol>
  );
}

/** Returns how an event is said; the bank's reference belongs to the payment of now. */
function useWords({ timeline, bankReference }: Payout): (event: Event) => string {
  const { t } = useTranslation('payouts');
  const nameOf = usePeople(timeline.map(({ by }) => by));
  return ({ kind, attempt, bankAccount, by }) => {
    const name = by === null ? t('timeline.somebody') : nameOf(by);
    switch (kind) {
      case 'attempt':
        return bankAccount === null
          ? t('timeline.attempt', { number: attempt ?? 1 })
          : t('timeline.attemptTo', {
              number: attempt ?? 1,
              account: maskedAccount(bankAccount),
            });
      case 'paid':
        return bankReference === null
          ? t('timeline.paid')
          : t('timeline.paidAs', { reference: bankReference });
      case 'resolved':
      case 'retried':
      case 'cancelled':
        return t(`timeline.${kind}`, { name });
      default:
        return t(`timeline.${kind}`);
    }
  };
}

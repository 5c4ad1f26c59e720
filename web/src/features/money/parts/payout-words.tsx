import { useTranslation } from 'react-i18next';
import { addresses } from '../../../app/addresses';
import { TONES } from '../../../shared/payout/tones';
import { Moment } from '../../../ui/moment';
import { RowLink } from '../../../ui/row-link';
import { StatusMark } from '../../../ui/status-mark';
import type { Payout } from '../queries';

/** Reasons that the payee can do something about, by looking at the bank account. */
const REFUSALS = ['no-bank-account', 'refused', 'returned-by-bank'] as const;

/** What became of an own payout, why, and what the payee can do about it. */
export function PayoutWords({ payout }: { payout: Payout }) {
  const { t } = useTranslation('money');
  const { state, reason, reasonCode, bankReference, nextTryAt } = payout;
  const refusal = REFUSALS.find((each) => each === reasonCode);
  return (
    <span>
      <StatusMark tone={TONES[state]}>{t(`payouts.states.${state}`)}</StatusMark>
      {bankReference !== null && (
        <span className="quiet"> · {t('payouts.reference', { reference: bankReference })}</span>
      )}
      {state === 'unknown' && nextTryAt !== null && (
        <span className="quiet">
          {' · '}
          {t('payouts.nextTry')} <Moment at={nextTryAt} />
        </span>
      )}
      <Letter payout={payout} />
      {refusal !== undefined && (
        <>
          <br />
          {refusal === 'refused' && reason !== null
            ? t('payouts.refusedFor', { reason })
            : t(`payouts.why.${refusal}`)}{' '}
          <RowLink to={addresses.settings}>{t('payouts.toSettings')}</RowLink>
        </>
      )}
    </span>
  );
}

/** The letter about a payout: a refusal has one too. */
function Letter({ payout: { letterState, letterSentAt } }: { payout: Payout }) {
  const { t } = useTranslation('money');
  if (letterState === 'failed') return <span className="quiet"> · {t('payouts.noLetter')}</span>;
  if (letterState !== 'sent' || letterSentAt === null) return null;
  return (
    <span className="quiet">
      {' · '}
      {t('payouts.letter')} <Moment at={letterSentAt} />
    </span>
  );
}

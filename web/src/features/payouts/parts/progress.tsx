import { useTranslation } from 'react-i18next';
import type { Tone } from '../../../ui/status-mark';
import { countOf, type Counts, type PayoutState } from '../queries';
import { TONES } from '../../../shared/payout/tones';
import { PayoutCounts } from './payout-state';
import classes from '../payouts.module.css';

const SETTLED = ['paid', 'cancelled', 'returned'] as const;
const REFUSED = ['failed', 'needs_review'] as const;
const SENT = ['transferring', 'unknown'] as const;
/** From left to right: what is over comes first. */
const PARTS: readonly (readonly [Tone, readonly PayoutState[]])[] = [
  [TONES.paid, SETTLED],
  [TONES.failed, REFUSED],
  [TONES.transferring, SENT],
  [TONES.planned, ['planned']],
];

/** Payouts of a day that are planned, being sent, paid: a bar, and the same in numbers. */
export function Progress({ counts }: { counts: Counts }) {
  const { t } = useTranslation('payouts');
  const all = Object.values(counts).reduce((total, count) => total + count, 0);
  const done = countOf(counts, SETTLED);
  if (all === 0) return null;
  return (
    <div className={classes['progress']}>
      <div
        className={classes['track']}
        role="progressbar"
        aria-label={t('progress.label')}
        aria-valuenow={done}
        aria-valuemin={0}
        aria-valuemax={all}
        aria-valuetext={t('progress.done', { done, count: all })}
      >
        {PARTS.map(([tone, states]) => (
          <span key={tone} data-tone={tone} style={{ flexGrow: countOf(counts, states) }} />
        ))}
      </div>
      <PayoutCounts counts={counts} />
    </div>
  );
}

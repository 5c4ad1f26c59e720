import type { z } from 'zod';
import { toMoney } from '../../../shared/kernel/money';
import { reasonCodeOf } from '../domain/reasons';
import { ownTimelineOf, timelineOf, type TimelineEvent } from '../domain/timeline';
import type { BankState } from '../queries/bank-state';
import type { PayoutRecord } from '../queries/payouts';
import type { bankView, payoutView } from './payouts.schemas';

export type PayoutView = z.infer<typeof payoutView>;

/** Presents a payout to accountants, with the findings. */
export function presentPayout(payout: PayoutRecord, currency: string): PayoutView {
  const reasons = payout.attempts.map(({ finding, reason }) => finding ?? reason);
  const isFound = isFoundByHand(payout);
  return view(payout, currency, {
    reason: payout.reason,
    reasonCode: reasonCodeOf({ ...payout, isFound }),
    reasons,
    timeline: timelineOf(payout),
  });
}

/**
 * Presents a payout to its payee. The only reason shown is the refusal of the transfer, never a
 * finding of an accountant or an error between services.
 */
export function presentOwnPayout(payout: PayoutRecord, currency: string): PayoutView {
  const reasons = payout.attempts.map(({ reason }) => reason);
  const reason = payout.state === 'failed' ? (reasons.at(-1) ?? null) : null;
  return view(payout, currency, {
    reason,
    reasonCode: reasonCodeOf({ state: payout.state, reason, isFound: false }),
    reasons,
    timeline: ownTimelineOf(payout),
  });
}

/** Presents whether the bank answers. */
export function presentBank({ since, ...rest }: BankState): z.infer<typeof bankView> {
  return { ...rest, since: since?.toISOString() ?? null };
}

const isFoundByHand = ({ attempts }: PayoutRecord): boolean =>
  (attempts.at(-1)?.finding ?? null) !== null;

interface Shown extends Pick<PayoutView, 'reason' | 'reasonCode'> {
  /** Reason of each attempt. */
  reasons: (string | null)[];
  timeline: TimelineEvent[];
}

function view(payout: PayoutRecord, currency: string, shown: Shown): PayoutView {
  const { reasons, timeline, ...why } = shown;
  return {
    id: payout.id,
    userId: payout.userId,
    day: payout.day,
    amount: toMoney(payout.amountCents, currency),
    state: payout.state,
    ...why,
    attempts: payout.attempts.map(({ at, outcome }, index) => ({
      at: at.toISOString(),
      outcome,
      reason: reasons[index] ?? null,
    })),
    letterState: payout.letterState,
    letterSentAt: payout.letterSentAt?.toISOString() ?? null,
    bankReference: payout.bankReference,
    nextTryAt: payout.nextTryAt?.toISOString() ?? null,
    timeline: timeline.map(({ at, ...event }) => ({ at: at.toISOString(), ...event })),
  };
}

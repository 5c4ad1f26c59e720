import type { z } from 'zod';
import { toMoney } from '../../../shared/kernel/money';
import type { PayoutRecord } from '../queries/payouts';
import type { payoutView } from './payouts.schemas';

export type PayoutView = z.infer<typeof payoutView>;

/** Presents a payout to accountants, with the findings. */
export function presentPayout(payout: PayoutRecord, currency: string): PayoutView {
  const attempts = payout.attempts.map(({ finding, reason, ...rest }) => ({
    ...rest,
    reason: finding ?? reason,
  }));
  return view({ ...payout, attempts }, currency);
}

/**
 * Presents a payout to its payee. The only reason shown is the refusal of the transfer, never a
 * finding of an accountant or an error between services.
 */
export function presentOwnPayout(payout: PayoutRecord, currency: string): PayoutView {
  const attempts = payout.attempts.map(({ at, outcome, reason }) => ({ at, outcome, reason }));
  const reason = payout.state === 'failed' ? (attempts.at(-1)?.reason ?? null) : null;
  return view({ ...payout, attempts, reason }, currency);
}

interface Shown extends Omit<PayoutRecord, 'attempts'> {
  attempts: Omit<PayoutRecord['attempts'][number], 'finding'>[];
}

function view({ amountCents, attempts, letterSentAt, ...payout }: Shown, currency: string) {
  return {
    ...payout,
    amount: toMoney(amountCents, currency),
    attempts: attempts.map(({ at, ...rest }) => ({ at: at.toISOString(), ...rest })),
    letterSentAt: letterSentAt?.toISOString() ?? null,
  };
}

import type { z } from 'zod';
import { toMoney } from '../../../shared/kernel/money';
import type { PayoutRecord } from '../queries/payouts';
import type { payoutView } from './payouts.schemas';

export type PayoutView = z.infer<typeof payoutView>;

/** A payout as accountants see it, with what one of them found out. */
export function presentPayout(payout: PayoutRecord, currency: string): PayoutView {
  const attempts = payout.attempts.map(({ finding, reason, ...rest }) => ({
    ...rest,
    reason: finding ?? reason,
  }));
  return view({ ...payout, attempts }, currency);
}

/**
 * A payout as its payee sees it: of reasons only why the transfer was refused, never what an
 * accountant wrote for the books or what went wrong between our own services.
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

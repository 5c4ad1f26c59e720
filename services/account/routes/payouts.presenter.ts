import type { z } from 'zod';
import { toMoney } from '../../shared/kernel/money';
import type { PayoutRecord } from '../queries/payouts';
import type { payoutView } from './payouts.schemas';

/** A payout as clients see it. */
export function presentPayout(
  { amountCents, attempts, letterSentAt, ...payout }: PayoutRecord,
  currency: string,
): z.infer<typeof payoutView> {
  return {
    ...payout,
    amount: toMoney(amountCents, currency),
    attempts: attempts.map(({ at, ...rest }) => ({ at: at.toISOString(), ...rest })),
    letterSentAt: letterSentAt?.toISOString() ?? null,
  };
}

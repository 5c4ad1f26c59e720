import type { z } from 'zod';
import { toMoney } from '../../../shared/kernel/money';
import type { Carried, DayFigures } from '../queries/day-figures';
import type { dayView } from './business-days.schemas';

/** Presents a business day. */
export function presentDay(figures: DayFigures, currency: string): z.infer<typeof dayView> {
  const { day, state, closedBy, payouts } = figures;
  return {
    day,
    state,
    from: figures.from.toISOString(),
    cutOffAt: figures.cutOffAt.toISOString(),
    closedAt: figures.closedAt?.toISOString() ?? null,
    closedBy,
    fees: toMoney(figures.feesCents, currency),
    rewards: toMoney(figures.rewardsCents, currency),
    corrections: toMoney(figures.correctionsCents, currency),
    earned: toMoney(figures.earnedCents, currency),
    returned: toMoney(figures.returnedCents, currency),
    payouts,
    payoutTotal: toMoney(figures.payoutTotalCents, currency),
    carried: presentCarried(figures.carried, currency),
    held: presentCarried(figures.held, currency),
  };
}

function presentCarried({ count, cents }: Carried, currency: string) {
  return { count, amount: toMoney(cents, currency) };
}

import type { z } from 'zod';
import { toMoney } from '../../../shared/kernel/money';
import type { DayFigures } from '../queries/day-figures';
import type { dayView } from './business-days.schemas';

/** Presents a business day. */
export function presentDay(figures: DayFigures, currency: string): z.infer<typeof dayView> {
  const { day, state, cutOffAt, payouts } = figures;
  return {
    day,
    state,
    cutOffAt: cutOffAt.toISOString(),
    fees: toMoney(figures.feesCents, currency),
    rewards: toMoney(figures.rewardsCents, currency),
    corrections: toMoney(figures.correctionsCents, currency),
    earned: toMoney(figures.earnedCents, currency),
    payouts,
  };
}

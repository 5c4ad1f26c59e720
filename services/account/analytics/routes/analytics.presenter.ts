import type { z } from 'zod';
import { toMoney } from '../../../shared/kernel/money';
import type { BelowZero } from '../queries/below-zero';
import type { DearestTasks, FinishedTask } from '../queries/dearest-task';
import type { DayEarnings } from '../queries/earnings';
import type { belowZeroView, dearestView, earningsView } from './analytics.schemas';

/** Presents earnings by day. */
export function presentEarnings(
  days: readonly DayEarnings[],
  currency: string,
): z.infer<typeof earningsView> {
  return {
    items: days.map(({ day, feesCents, rewardsCents, correctionsCents, earnedCents }) => ({
      day,
      fees: toMoney(feesCents, currency),
      rewards: toMoney(rewardsCents, currency),
      corrections: toMoney(correctionsCents, currency),
      earned: toMoney(earnedCents, currency),
    })),
  };
}

/** Presents employees with a balance below zero. */
export function presentBelowZero(
  { count, items }: BelowZero,
  currency: string,
): z.infer<typeof belowZeroView> {
  return {
    count,
    items: items.map(({ userId, nickname, balanceCents, since }) => ({
      userId,
      nickname,
      balance: toMoney(balanceCents, currency),
      since: since.toISOString(),
    })),
  };
}

/** Presents the most expensive tasks. */
export function presentDearest(
  { items, tasksUnavailable }: DearestTasks,
  currency: string,
): z.infer<typeof dearestView> {
  return {
    items: items.map(({ task, ...period }) => ({
      ...period,
      task: task && presentTask(task, currency),
    })),
    tasksUnavailable,
  };
}

function presentTask(task: FinishedTask, currency: string) {
  const { priceCents, feeCents, rewardCents, finishedAt, ...rest } = task;
  return {
    ...rest,
    price: toMoney(priceCents, currency),
    fee: toMoney(feeCents, currency),
    reward: toMoney(rewardCents, currency),
    finishedAt: finishedAt.toISOString(),
  };
}

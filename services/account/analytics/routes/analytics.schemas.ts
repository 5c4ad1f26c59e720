import { z } from 'zod';
import { day, moment, money, uuid } from '../../../shared/contracts/fields';

/** Earnings by business day. */
export const earningsView = z
  .object({
    items: z.array(
      z.object({
        day,
        fees: money,
        rewards: money,
        corrections: money.meta({ description: 'Reversals, signed' }),
        earned: money.meta({ description: 'fees − rewards + corrections' }),
      }),
    ),
  })
  .meta({ id: 'Earnings' });

/** Employees with a balance below zero. */
export const belowZeroView = z
  .object({
    count: z.int(),
    items: z.array(z.object({ userId: uuid, nickname: z.string(), balance: money, since: moment })),
  })
  .meta({ id: 'BelowZero' });

const finishedTask = z.object({
  id: uuid,
  title: z.string().nullable(),
  jiraId: z.string().nullable(),
  price: money,
  fee: money,
  reward: money,
  assigneeId: uuid,
  finishedAt: moment,
});

/** Most expensive tasks by period. */
export const dearestView = z
  .object({
    items: z.array(z.object({ from: day, to: day, task: finishedTask.nullable() })),
    tasksUnavailable: z.boolean(),
  })
  .meta({ id: 'DearestTasks' });

import { z } from 'zod';
import {
  bankAccount,
  day,
  fullName,
  moment,
  money,
  pageOf,
  pageQuery,
  uuid,
  visibleText,
} from '../../../shared/contracts/fields';

const MAX_REASON = 500;
const POSITION = /^\d{1,18}$/;

/** Reason for a hold or a decision, shown to people. */
export const reason = visibleText(MAX_REASON);

export const account = z
  .object({
    userId: uuid,
    balance: money,
    today: money,
    forecast: money,
    bankAccount: z.string().nullable(),
    fullName: z.string().nullable(),
    payoutsHeld: z.object({ reason: z.string(), by: uuid, at: moment }).nullable(),
    version: z.int(),
  })
  .meta({ id: 'Account' });

export const accountChange = z.strictObject({
  bankAccount: bankAccount.nullable().optional(),
  fullName: fullName.nullable().optional(),
  payoutsHeld: z.strictObject({ reason }).nullable().optional(),
});

export const entry = z
  .object({
    id: uuid,
    kind: z.enum(['fee', 'reward', 'payout', 'reversal', 'return']),
    amount: money,
    balanceAfter: money,
    taskId: uuid.nullable(),
    task: z.object({ title: z.string(), jiraId: z.string().nullable() }).nullable(),
    assignmentNumber: z.int().nullable(),
    at: moment,
    payoutId: uuid.nullable(),
    reversesId: uuid.nullable(),
  })
  .meta({ id: 'Entry' });

export const accountsPage = pageOf(account);
export const entriesPage = pageOf(entry).extend({ tasksUnavailable: z.boolean() });

export const entriesQuery = z.strictObject({
  ...pageQuery,
  from: day.optional(),
  to: day.optional(),
});

export const accountPlace = z.strictObject({ id: uuid });
export const entryPlace = z.strictObject({ day, position: z.string().regex(POSITION) });

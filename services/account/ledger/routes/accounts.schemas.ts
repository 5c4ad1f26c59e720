import { z } from 'zod';
import {
  bankAccount,
  day,
  fullName,
  moment,
  money,
  searchText,
  uuid,
  visibleText,
} from '../../../shared/contracts/fields';
import { pageOf, pageQuery, severalOf } from '../../../shared/contracts/paging';
import { csvQuery } from '../../../shared/http/csv/csv-answer';
import { entryKinds } from '../queries/entry-lines';

const MAX_REASON = 500;
const MAX_SEARCH = 100;
const POSITION = /^\d{1,18}$/;

export const accountParams = z.strictObject({ userId: uuid });

/** Reason for a hold or a decision, shown to people. */
export const reason = visibleText(MAX_REASON);

export const account = z
  .object({
    userId: uuid,
    nickname: z.string().nullable(),
    balance: money,
    today: money,
    underWay: money.meta({ description: 'Payouts promised and not paid yet' }),
    forecast: money,
    openDay: z.object({ day, from: moment, cutOffAt: moment }),
    bankAccount: z.string().nullable(),
    fullName: z.string().nullable(),
    payoutsHeld: z.object({ reason: z.string(), by: uuid, at: moment }).nullable(),
    version: z.int(),
  })
  .meta({ id: 'Account' });

/** Account of the management: nobody's, and never on hold. */
export const companyView = account
  .omit({ fullName: true })
  .extend({ userId: z.null(), nickname: z.null(), payoutsHeld: z.null() })
  .meta({ id: 'CompanyAccount' });

export const accountChange = z.strictObject({
  bankAccount: bankAccount.nullable().optional(),
  fullName: fullName.nullable().optional(),
  payoutsHeld: z.strictObject({ reason }).nullable().optional(),
});

export const entry = z
  .object({
    id: uuid,
    kind: z.enum(entryKinds),
    day,
    amount: money,
    balanceAfter: money,
    taskId: uuid.nullable(),
    task: z.object({ title: z.string(), jiraId: z.string().nullable() }).nullable(),
    assignmentNumber: z.int().nullable(),
    at: moment,
    bookedAt: moment,
    payoutId: uuid.nullable(),
    reversesId: uuid.nullable(),
    reversedById: uuid.nullable(),
    reason: z.string().nullable(),
    by: uuid.nullable().meta({ description: 'Author of a reversal' }),
    basis: z.object({ price: money, rate: z.string() }).nullable(),
  })
  .meta({ id: 'Entry' });

const signed = money.meta({ description: 'Signed, from the side of the account' });

/** opening + fees + rewards + corrections + returned + paid = closing. */
export const statementDay = z
  .object({
    day,
    state: z.enum(['open', 'closed']),
    from: moment,
    cutOffAt: moment,
    opening: money,
    fees: signed,
    rewards: signed,
    corrections: signed,
    returned: signed,
    payoutId: uuid.nullable().meta({ description: 'Payout planned when the day was closed' }),
    paid: signed,
    closing: money,
    carriedBecause: z.enum(['below-zero', 'held']).nullable(),
  })
  .meta({ id: 'StatementDay' });

export const statementDays = z.object({ items: z.array(statementDay) });

export const accountsPage = pageOf(account);
export const entriesPage = pageOf(entry).extend({ tasksUnavailable: z.boolean() });

const accountsFilter = {
  q: searchText(MAX_SEARCH).optional(),
  filter: z.enum(['below-zero', 'held']).optional(),
};
const range = { from: day.optional(), to: day.optional() };
const entriesFilter = { ...range, kind: severalOf(z.enum(entryKinds)).optional() };

export const accountsQuery = z.strictObject({ ...pageQuery, ...accountsFilter });
export const accountsFileQuery = z.strictObject({ ...csvQuery, ...accountsFilter });
export const entriesQuery = z.strictObject({ ...pageQuery, ...entriesFilter });
export const entriesFileQuery = z.strictObject({ ...csvQuery, ...entriesFilter });
export const daysQuery = z.strictObject(range);

export const accountPlace = z.strictObject({ id: uuid });
export const entryPlace = z.strictObject({ day, position: z.string().regex(POSITION) });

import { z } from 'zod';
import { day, moment, money, uuid, visibleText } from '../../../shared/contracts/fields';
import { pageOf, pageQuery, severalOf } from '../../../shared/contracts/paging';
import { csvQuery } from '../../../shared/http/csv/csv-answer';
import { reason } from '../../ledger/routes/accounts.schemas';
import { reasonCodes } from '../domain/reasons';
import { timelineKinds } from '../domain/timeline';
import { payoutStates } from '../queries/payouts';

const MAX_REFERENCE = 100;

export const payoutState = z.enum(payoutStates);

export const payoutParams = z.strictObject({ id: uuid });

const counted = { day: day.optional(), userId: uuid.optional() };
const filter = { ...counted, state: severalOf(payoutState).optional() };

export const payoutsQuery = z.strictObject({ ...pageQuery, ...filter });
export const payoutsFileQuery = z.strictObject({ ...csvQuery, ...filter });
export const countsQuery = z.strictObject(counted);

export const ownPayoutsQuery = z.strictObject(pageQuery);
export const ownPayoutsFileQuery = z.strictObject(csvQuery);

/** Number of payouts in each state. */
export const countsView = z
  .object(
    Object.fromEntries(payoutStates.map((state) => [state, z.int()])) as Record<
      (typeof payoutStates)[number],
      z.ZodInt
    >,
  )
  .meta({ id: 'PayoutCounts' });

export const bankView = z
  .object({
    state: z.enum(['ok', 'failing']),
    since: moment.nullable(),
    waiting: z.int().meta({ description: 'Payouts that wait for the bank' }),
  })
  .meta({ id: 'BankState' });

/** Finding of an accountant and its reason; kept in the books. */
export const finding = z.strictObject({
  outcome: z.enum(['paid', 'failed']),
  bankReference: visibleText(MAX_REFERENCE).optional(),
  reason,
});

export const payoutView = z
  .object({
    id: uuid,
    userId: uuid.nullable(),
    day,
    amount: money,
    state: payoutState,
    reason: z.string().nullable(),
    reasonCode: z.enum(reasonCodes).nullable(),
    attempts: z.array(
      z.object({
        at: moment,
        outcome: z.enum(['succeeded', 'refused']).nullable(),
        reason: z.string().nullable(),
      }),
    ),
    letterState: z.enum(['due', 'sent', 'failed']).nullable(),
    letterSentAt: moment.nullable(),
    bankReference: z.string().nullable(),
    nextTryAt: moment.nullable().meta({ description: 'When Payment is asked again' }),
    timeline: z.array(
      z.object({
        at: moment,
        kind: z.enum(timelineKinds),
        attempt: z.int().nullable(),
        bankAccount: z.string().nullable().meta({ description: 'Masked' }),
        by: uuid.nullable(),
        reason: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: 'Payout' });

export const payoutsPage = pageOf(payoutView);

/** Place of a payout in the list. */
export const payoutPlace = z.strictObject({ day, id: uuid });

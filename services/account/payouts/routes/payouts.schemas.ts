import { z } from 'zod';
import {
  day,
  moment,
  money,
  pageOf,
  pageQuery,
  uuid,
  visibleText,
} from '../../../shared/contracts/fields';
import { reason } from '../../ledger/routes/accounts.schemas';
import { payoutStates } from '../queries/payouts';

const MAX_REFERENCE = 100;

export const payoutState = z.enum(payoutStates);

export const payoutParams = z.strictObject({ id: uuid });

export const payoutsQuery = z.strictObject({
  ...pageQuery,
  day: day.optional(),
  state: payoutState.optional(),
});

export const ownPayoutsQuery = z.strictObject(pageQuery);

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
    attempts: z.array(
      z.object({
        at: moment,
        outcome: z.enum(['succeeded', 'refused']).nullable(),
        reason: z.string().nullable(),
      }),
    ),
    letterSentAt: moment.nullable(),
    bankReference: z.string().nullable(),
  })
  .meta({ id: 'Payout' });

export const payoutsPage = pageOf(payoutView);

/** Place of a payout in the list. */
export const payoutPlace = z.strictObject({ day, id: uuid });

import { z } from 'zod';
import { day, moment, money, pageOf, pageQuery } from '../../../shared/contracts/fields';
import { payoutState } from './payouts.schemas';

export const dayParams = z.strictObject({ day });

export const daysQuery = z.strictObject(pageQuery);

export const closingQuery = z.strictObject({
  dryRun: z
    .enum(['true', 'false'])
    .default('false')
    .transform((value) => value === 'true'),
});

export const dayView = z
  .object({
    day,
    state: z.enum(['open', 'closed']),
    cutOffAt: moment,
    fees: money,
    rewards: money,
    corrections: money,
    earned: money,
    payouts: z.partialRecord(payoutState, z.int()),
  })
  .meta({ id: 'BusinessDay' });

export const daysPage = pageOf(dayView);

/** Place of a business day in the list. */
export const dayPlace = z.strictObject({ day });

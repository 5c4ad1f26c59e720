import { z } from 'zod';
import { day, moment, money, uuid } from '../../../shared/contracts/fields';
import { pageOf, pageQuery } from '../../../shared/contracts/paging';
import { csvQuery } from '../../../shared/http/csv/csv-answer';
import { payoutState } from './payouts.schemas';

export const dayParams = z.strictObject({ day });

export const daysQuery = z.strictObject(pageQuery);

export const daysFileQuery = z.strictObject(csvQuery);

export const closingQuery = z.strictObject({
  dryRun: z
    .enum(['true', 'false'])
    .default('false')
    .transform((value) => value === 'true'),
});

const carried = z.object({ count: z.int(), amount: money });

export const dayView = z
  .object({
    day,
    state: z.enum(['open', 'closed']),
    from: moment,
    cutOffAt: moment,
    closedAt: moment.nullable(),
    closedBy: uuid.nullable().meta({ description: 'Null for a day that was closed by itself' }),
    fees: money,
    rewards: money,
    corrections: money,
    earned: money,
    returned: money.meta({ description: 'Payouts that the bank sent back: never earned' }),
    payouts: z.partialRecord(payoutState, z.int()),
    payoutTotal: money,
    carried: carried.meta({ description: 'Accounts below zero: never paid and never reset' }),
    held: carried.meta({ description: 'Accounts that are owed something while on hold' }),
  })
  .meta({ id: 'BusinessDay' });

export const daysPage = pageOf(dayView);

/** Place of a business day in the list. */
export const dayPlace = z.strictObject({ day });

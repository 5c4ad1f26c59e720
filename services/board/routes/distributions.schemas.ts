import { z } from 'zod';
import { moment, money, uuid } from '../../shared/contracts/fields';
import { pageOf, pageQuery } from '../../shared/contracts/paging';

const scope = z.enum(['unassigned', 'open']);

export const previewQuery = z.strictObject({ scope });

export const newDistribution = z.strictObject({
  id: uuid.optional(),
  scope,
  after: uuid.nullable().optional(),
});

export const previewView = z
  .object({
    scope,
    taskCount: z.int(),
    fees: money,
    people: z.array(z.object({ userId: uuid, taskCount: z.number() })),
    creators: z
      .array(z.object({ userId: uuid, taskCount: z.int() }))
      .meta({ description: 'Who created what would be dealt' }),
    last: z
      .object({ id: uuid, by: uuid, at: moment })
      .nullable()
      .meta({ description: 'The last distribution: send its id as `after`' }),
  })
  .meta({ id: 'DistributionPreview' });

export const distributionView = z
  .object({
    id: uuid,
    scope,
    by: uuid,
    at: moment,
    taskCount: z.int(),
    fees: money
      .nullable()
      .meta({ description: 'Charged in all; null for distributions of before this was kept' }),
    people: z.array(z.object({ userId: uuid, taskCount: z.int() })),
  })
  .meta({ id: 'Distribution' });

export const distributionsQuery = z.strictObject(pageQuery);

export const distributionsPage = pageOf(distributionView);

/** Place of a distribution in the list, for cursors. */
export const distributionPlace = z.strictObject({ position: z.string().regex(/^\d{1,18}$/) });

import { z } from 'zod';
import { moment, uuid } from '../../shared/contracts/fields';
import { pageOf, pageQuery } from '../../shared/contracts/paging';

/** Largest `integer` of PostgreSQL. */
const MAX_NUMBER = 2_147_483_647;

export const assignmentsParams = z.strictObject({ id: uuid });

export const assignmentsQuery = z.strictObject(pageQuery);

export const assignmentView = z
  .object({
    number: z.int(),
    userId: uuid,
    distributionId: uuid.nullable(),
    assignedAt: moment,
  })
  .meta({ id: 'Assignment' });

export const assignmentsPage = pageOf(assignmentView);

/** Place of an assignment in its task's list, for cursors. */
export const assignmentPlace = z.strictObject({ number: z.int().min(1).max(MAX_NUMBER) });

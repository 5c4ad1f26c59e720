import { query } from '../../shared/db/data-source';
import { askActiveEmployeeIds } from '../clients/user';
import type { BoardContext } from '../context';
import { expectedShares, type Scope, type Share } from '../domain/distribution';
import { lastDistribution, type LastDistribution } from './last-distribution';
import { TASKS_IN_SCOPE } from './tasks-in-scope';

/** Expected result of a distribution at this moment. */
export interface DistributionPreview {
  scope: Scope;
  taskCount: number;
  /** Fees that all assignees together would be charged. */
  feesCents: bigint;
  /** Everybody who can be dealt a task, with the expected mean; empty when nobody can. */
  people: Share[];
  /** Creators of the tasks in scope and how many each created, largest first. */
  creators: Share[];
  /** Last distribution; null before the first. */
  last: LastDistribution | null;
}

const countIn = (scope: Scope): string => `
SELECT created_by, count(*)::integer AS task_count, sum(fee_cents)::bigint AS fees_cents
FROM tasks WHERE cardinality($1::uuid[]) >= 0 AND ${TASKS_IN_SCOPE[scope]}
GROUP BY created_by ORDER BY task_count DESC, created_by`;

interface Counted {
  created_by: string;
  task_count: number;
  fees_cents: bigint;
}

/** Returns the preview of a distribution; changes nothing. Throws 503 when User is away. */
export async function previewDistribution(
  { database, sidecar }: BoardContext,
  scope: Scope,
): Promise<DistributionPreview> {
  const userIds = await askActiveEmployeeIds(sidecar);
  // Read before the tasks: a distribution in between is noticed when the button is pressed.
  const last = await lastDistribution(database.manager);
  const counted = await query<Counted>(database, countIn(scope), [userIds]);
  const taskCount = counted.reduce((sum, each) => sum + each.task_count, 0);
  const feesCents = counted.reduce((sum, each) => sum + each.fees_cents, 0n);
  const creators = counted.map((each) => ({ userId: each.created_by, taskCount: each.task_count }));
  const people = expectedShares(taskCount, userIds);
  return { scope, taskCount, feesCents, people, creators, last };
}

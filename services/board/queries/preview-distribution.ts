import { query } from '../../shared/db/data-source';
import { askActiveEmployeeIds } from '../clients/user';
import type { BoardContext } from '../commands/context';
import { expectedShares, type Scope, type Share } from '../domain/distribution';
import { TASKS_IN_SCOPE } from './tasks-in-scope';

/** What a distribution would do if it were pressed now. */
export interface DistributionPreview {
  scope: Scope;
  taskCount: number;
  /** What all assignees together would be charged. */
  feesCents: bigint;
  /** Everybody who can be dealt a task, with the mean to expect; empty when nobody can. */
  people: Share[];
}

const countIn = (scope: Scope): string => `
SELECT count(*)::integer AS task_count, coalesce(sum(fee_cents), 0)::bigint AS fees_cents
FROM tasks WHERE cardinality($1::uuid[]) >= 0 AND ${TASKS_IN_SCOPE[scope]}`;

interface Counted {
  task_count: number;
  fees_cents: bigint;
}

/** Looks without touching anything. Throws 503 when User is away. */
export async function previewDistribution(
  { database, sidecar }: BoardContext,
  scope: Scope,
): Promise<DistributionPreview> {
  const userIds = await askActiveEmployeeIds(sidecar);
  const [counted] = await query<Counted>(database, countIn(scope), [userIds]);
  const { task_count: taskCount, fees_cents: feesCents } = counted!;
  return { scope, taskCount, feesCents, people: expectedShares(taskCount, userIds) };
}

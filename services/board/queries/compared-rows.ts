import type { ComparedRow, RowsDigest } from '../../shared/contracts/calls/compared-rows';
import { digestRows, listRows, type RowsSql } from '../../shared/db/compared-rows';
import type { BoardContext } from '../context';

/** Assignments with a fee: each has one fee in Account's ledger. */
const ASSIGNMENTS: RowsSql = (low, high) => `
SELECT task_id AS id, task_id || '/' || number AS key, user_id || ' ' || fee_cents AS content,
  assignments.assigned_at AS at
FROM assignments JOIN tasks ON tasks.id = task_id
WHERE fee_cents > 0 AND task_id >= ${low} AND task_id < ${high}`;

/** Finished tasks with a reward: each has one reward in Account's ledger. */
const FINISHED_TASKS: RowsSql = (low, high) => `
SELECT id, id::text AS key, assignee_id || ' ' || reward_cents AS content, finished_at AS at
FROM tasks
WHERE status = 'finished' AND reward_cents > 0 AND id >= ${low} AND id < ${high}`;

const SQL = { assignments: ASSIGNMENTS, 'finished-tasks': FINISHED_TASKS };
/** What Account compares its ledger with. */
type Compared = keyof typeof SQL;

/** Returns count and hash of rows by range of task ids. */
export function digestCompared(
  { database }: BoardContext,
  compared: Compared,
  bounds: readonly string[],
): Promise<RowsDigest[]> {
  return digestRows(database, SQL[compared], bounds);
}

/** Returns rows of a range of task ids. */
export function listCompared(
  { database }: BoardContext,
  compared: Compared,
  { from, to }: { from: string; to: string },
): Promise<ComparedRow[]> {
  return listRows(database, SQL[compared], from, to);
}

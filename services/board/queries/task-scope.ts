import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import type { Sidecar } from '../../shared/dapr/sidecar';
import { hasPiece } from '../../shared/db/search';
import { askSubordinateIds } from '../clients/user';
import type { Person } from '../domain/own-task';

/** Whose tasks, and which of them: what lists and counts have in common. */
export interface TaskScope {
  view: 'mine' | 'created' | 'subordinates' | 'all';
  assignee?: string | undefined;
  /** Substring of `[jira-id] title`; ignores case and ways to write a letter. */
  q?: string | undefined;
}

const WITH_PIECE = `task.id IN (
  SELECT texts.task_id FROM task_texts texts WHERE ${hasPiece('texts.key', ':q')})`;

/** Asks User for the caller's subordinates, for the view that needs them. Throws 503. */
export async function subordinatesFor(
  sidecar: Sidecar,
  caller: Person,
  { view }: TaskScope,
): Promise<readonly string[]> {
  return view === 'subordinates' ? askSubordinateIds(sidecar, caller.id) : [];
}

/** Adds the conditions of a scope to a query of `task`; `below` are the caller's subordinates. */
export function inScopeOf<Row extends ObjectLiteral>(
  tasks: SelectQueryBuilder<Row>,
  caller: Person,
  below: readonly string[],
  { view, assignee, q }: TaskScope,
): void {
  if (view === 'mine') tasks.andWhere('task.assigneeId = :me', { me: caller.id });
  if (view === 'created') tasks.andWhere('task.createdBy = :me', { me: caller.id });
  if (view === 'subordinates') tasks.andWhere('task.assigneeId = ANY(:below::uuid[])', { below });
  if (assignee) tasks.andWhere('task.assigneeId = :assignee', { assignee });
  if (q) tasks.andWhere(WITH_PIECE, { q });
}

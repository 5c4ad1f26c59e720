import type { Scope } from '../domain/distribution';

/**
 * SQL: the open tasks of a scope. `$1` are the ids of all active employees, as `uuid[]`. The list
 * is hashed whatever the planner believes about the number of tasks.
 */
export const TASKS_IN_SCOPE: Readonly<Record<Scope, string>> = {
  open: `tasks.status = 'open'`,
  unassigned: `tasks.status = 'open' AND (
    tasks.assignee_id IS NULL OR tasks.assignee_id NOT IN (SELECT unnest($1::uuid[])))`,
};

import type { Scope } from '../domain/distribution';

/**
 * SQL conditions of the open tasks in each scope. `$1` are the ids of all active employees, as
 * `uuid[]`. The subquery is hashed whatever the planner believes about the number of tasks.
 */
export const TASKS_IN_SCOPE: Readonly<Record<Scope, string>> = {
  open: `tasks.status = 'open'`,
  unassigned: `tasks.status = 'open' AND (
    tasks.assignee_id IS NULL OR tasks.assignee_id NOT IN (SELECT unnest($1::uuid[])))`,
};

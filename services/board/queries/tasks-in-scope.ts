import type { Scope } from '../domain/distribution';

/** SQL: the open tasks of a scope. `$1` are the ids of all active employees, as `uuid[]`. */
export const TASKS_IN_SCOPE: Readonly<Record<Scope, string>> = {
  open: `tasks.status = 'open'`,
  unassigned: `tasks.status = 'open' AND NOT EXISTS (
    SELECT FROM unnest($1::uuid[]) AS active (user_id) WHERE active.user_id = tasks.assignee_id)`,
};

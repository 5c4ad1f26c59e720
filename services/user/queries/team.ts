import { query, type Database } from '../../shared/db/data-source';

/** Managers and administrators are never dealt a task. */
const DEALT_TO = `
SELECT id FROM users WHERE status = 'active' AND role IN ('employee', 'accountant')`;

/** UNION, not UNION ALL: the recursion ends even if managers formed a circle. */
const BELOW = `
WITH RECURSIVE below AS (
  SELECT id FROM users WHERE manager_id = $1
  UNION
  SELECT users.id FROM users JOIN below ON users.manager_id = below.id)
SELECT id FROM below`;

/** Returns the ids of everybody who can be dealt tasks. */
export async function activeEmployeeIds(database: Database): Promise<string[]> {
  const rows = await query<{ id: string }>(database, DEALT_TO);
  return rows.map(({ id }) => id);
}

/** Returns everybody below a manager, at any depth, deactivated or not: all may have tasks. */
export async function subordinateIds(database: Database, managerId: string): Promise<string[]> {
  const rows = await query<{ id: string }>(database, BELOW, [managerId]);
  return rows.map(({ id }) => id);
}

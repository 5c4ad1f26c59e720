/**
 * Tasks that a distribution deals. `open`: all open tasks; `unassigned`: those of them whose
 * assignee is missing or not an active employee now.
 */
export type Scope = 'unassigned' | 'open';

/** Number of tasks of a person: dealt, expected or created. */
export interface Share {
  userId: string;
  taskCount: number;
}

const PLACES = 100;

/** Returns the mean number of tasks per person, rounded to two decimal places. */
export function expectedShares(taskCount: number, userIds: readonly string[]): Share[] {
  const mean = Math.round((taskCount * PLACES) / userIds.length) / PLACES;
  return userIds.map((userId) => ({ userId, taskCount: mean }));
}

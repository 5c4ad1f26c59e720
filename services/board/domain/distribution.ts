/**
 * Which tasks are dealt out: all that are open, or those of nobody and of somebody who is not an
 * active employee now.
 */
export type Scope = 'unassigned' | 'open';

/** How many tasks somebody was dealt, or can expect. */
export interface Share {
  userId: string;
  taskCount: number;
}

const PLACES = 100;

/** What everybody can expect of that many tasks dealt at random: a mean, to two places. */
export function expectedShares(taskCount: number, userIds: readonly string[]): Share[] {
  const mean = Math.round((taskCount * PLACES) / userIds.length) / PLACES;
  return userIds.map((userId) => ({ userId, taskCount: mean }));
}

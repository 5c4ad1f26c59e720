import { conflict, type Problem } from '../../shared/kernel/errors';

/** `finished` and `cancelled` are final. */
export type TaskStatus = 'open' | 'finished' | 'cancelled';

/** Returns a 409 `task-finished` or `task-cancelled`. */
export function alreadyClosed(status: Exclude<TaskStatus, 'open'>): Problem {
  return conflict(`task-${status}`, `The task was ${status} already`);
}

import { conflict, type Problem } from '../../shared/kernel/errors';

/** `finished` and `cancelled` are final. */
export type TaskStatus = 'open' | 'finished' | 'cancelled';

/** 409 that says how the task was closed. */
export function alreadyClosed(status: Exclude<TaskStatus, 'open'>): Problem {
  return conflict(`task-${status}`, `The task was ${status} already`);
}

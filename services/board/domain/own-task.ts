/** The part of a caller that rights on tasks depend on. */
export interface Person {
  /** User id. */
  id: string;
  permissions: readonly string[];
}

/** Fields that decide who may see and change a task. */
export interface OwnedTask {
  createdBy: string;
  assigneeId: string | null;
  /** How often the task was dealt. */
  assignmentNumber: number;
}

/** Returns whether the person may read the task without being the assignee's manager. */
export function isSeenBy(task: OwnedTask, person: Person): boolean {
  return (
    task.assigneeId === person.id ||
    task.createdBy === person.id ||
    person.permissions.includes('tasks.view-all')
  );
}

/**
 * Returns whether the person may edit or cancel the task: its creator until it is dealt for the
 * first time (then somebody has paid a fee for it), and everybody with `tasks.distribute`.
 */
export function isChangedBy(task: OwnedTask, person: Person): boolean {
  const isStillTheirs = task.createdBy === person.id && task.assignmentNumber === 0;
  return isStillTheirs || person.permissions.includes('tasks.distribute');
}

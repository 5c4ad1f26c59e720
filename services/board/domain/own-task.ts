/** Who asks, as far as tasks care. */
export interface Person {
  /** User id. */
  id: string;
  permissions: readonly string[];
}

/** What decides whose task it is. */
export interface OwnedTask {
  createdBy: string;
  assigneeId: string | null;
  /** How often it was dealt. */
  assignmentNumber: number;
}

/** True when the person may read the task without being anybody's manager. */
export function isSeenBy(task: OwnedTask, person: Person): boolean {
  return (
    task.assigneeId === person.id ||
    task.createdBy === person.id ||
    person.permissions.includes('tasks.view-all')
  );
}

/**
 * True when the person may edit or cancel the task: its creator until it is dealt for the first
 * time (from then on somebody has paid for it), and whoever may distribute tasks.
 */
export function isChangedBy(task: OwnedTask, person: Person): boolean {
  const isStillTheirs = task.createdBy === person.id && task.assignmentNumber === 0;
  return isStillTheirs || person.permissions.includes('tasks.distribute');
}

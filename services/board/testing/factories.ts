import type { Database } from '../../shared/db/data-source';
import { newId } from '../../shared/kernel/ids';
import { Task } from '../entities/task.entity';

/** Returns a task that is not stored; never dealt, unless the changes say otherwise. */
export function taskOf(changes: Partial<Task> = {}): Task {
  return {
    id: newId(),
    jiraId: null,
    title: 'Change the button to green',
    description: null,
    status: 'open',
    assigneeId: null,
    assignmentNumber: changes.assigneeId ? 1 : 0,
    assignedAt: changes.assigneeId ? new Date() : null,
    createdBy: newId(),
    priceCents: 2751n,
    feeCents: 1376n,
    rewardCents: 2751n,
    requestFingerprint: newId(),
    createdAt: new Date(),
    finishedAt: changes.status === 'finished' ? new Date() : null,
    version: 1,
    ...changes,
  };
}

/** Stores one task and returns it. */
export async function storeTask(database: Database, changes: Partial<Task> = {}): Promise<Task> {
  const task = taskOf(changes);
  await database.manager.insert(Task, task);
  return task;
}

/** Stores many tasks, in batches. */
export async function storeTasks(database: Database, tasks: Task[]): Promise<void> {
  const BATCH = 500;
  for (let at = 0; at < tasks.length; at += BATCH) {
    await database.manager.insert(Task, tasks.slice(at, at + BATCH));
  }
}

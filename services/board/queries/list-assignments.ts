import { LessThan } from 'typeorm';
import type { BoardContext } from '../context';
import type { Person } from '../domain/own-task';
import { Assignment } from '../entities/assignment.entity';
import { readTask } from './read-task';

/** Start of a page of assignments, and number of rows to read. */
export interface AssignmentsPage {
  taskId: string;
  /** Last number of the previous page. */
  after: { number: number } | null;
  limit: number;
}

/** Returns the assignments of a task, latest first. Throws like `readTask`. */
export async function listAssignments(
  context: BoardContext,
  caller: Person,
  { taskId, after, limit }: AssignmentsPage,
): Promise<Assignment[]> {
  await readTask(context, caller, taskId);
  return context.database.manager.find(Assignment, {
    where: { taskId, ...(after && { number: LessThan(after.number) }) },
    order: { number: 'DESC' },
    take: limit,
  });
}

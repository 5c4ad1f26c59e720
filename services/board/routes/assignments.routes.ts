import type { z } from 'zod';
import { decodeCursor, toPage } from '../../shared/http/cursor';
import { ok, RouteTable, type Route } from '../../shared/http/route';
import type { BoardContext } from '../context';
import { policies } from '../policies';
import { listAssignments } from '../queries/list-assignments';
import * as schemas from './assignments.schemas';

type Assignment = Awaited<ReturnType<typeof listAssignments>>[number];

/** Returns the API's view of an assignment; its task is in the path. */
function present(assignment: Assignment): z.infer<typeof schemas.assignmentView> {
  const { number, userId, distributionId, assignedAt } = assignment;
  return { number, userId, distributionId, assignedAt: assignedAt.toISOString() };
}

/** Returns the route of a task's assignments. */
export function assignmentsRoutes(board: BoardContext): readonly Route[] {
  return new RouteTable(policies).on('GET /tasks/{id}/assignments', {
    summary: 'Who had the task when, latest first',
    tag: 'tasks',
    params: schemas.assignmentsParams,
    query: schemas.assignmentsQuery,
    answers: { 200: schemas.assignmentsPage },
    handle: async ({ params, query: { cursor, limit }, caller }) => {
      const after = decodeCursor(cursor, schemas.assignmentPlace);
      const page = { taskId: params.id, after, limit: limit + 1 };
      const rows = await listAssignments(board, caller, page);
      return ok(toPage(rows, limit, present, ({ number }) => ({ number })));
    },
  }).routes;
}

import { taskDetails } from '../../shared/contracts/calls/board';
import { ok, RouteTable, type Route } from '../../shared/http/route';
import type { BoardContext } from '../context';
import { policies } from '../policies';
import { readTaskDetails } from '../queries/read-task-details';

/** Returns the route for other services. */
export function taskDetailsRoutes(board: BoardContext): readonly Route[] {
  return new RouteTable(policies).on('POST /task-details', {
    summary: 'The texts of tasks, by their ids',
    tag: 'services',
    body: taskDetails.request,
    answers: { 200: taskDetails.response },
    handle: async ({ body }) => ok({ tasks: await readTaskDetails(board, body.taskIds) }),
  }).routes;
}

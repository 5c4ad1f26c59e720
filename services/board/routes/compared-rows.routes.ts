import {
  assignmentDigests,
  assignmentRows,
  finishedTaskDigests,
  finishedTaskRows,
} from '../../shared/contracts/calls/compared-rows';
import { ok, RouteTable, type Route } from '../../shared/http/route';
import type { BoardContext } from '../context';
import { policies } from '../policies';
import { digestCompared, listCompared } from '../queries/compared-rows';

const tag = 'operations';

/** Returns the routes by which Account compares its ledger with assignments and finished tasks. */
export function comparedRowsRoutes(board: BoardContext): readonly Route[] {
  return new RouteTable(policies)
    .on('POST /assignments/digests', {
      summary: 'Count and hash of assignments by range of task ids',
      tag,
      body: assignmentDigests.request,
      answers: { 200: assignmentDigests.response },
      handle: async ({ body }) =>
        ok({ digests: await digestCompared(board, 'assignments', body.bounds) }),
    })
    .on('POST /assignments/rows', {
      summary: 'Assignments of a range of task ids',
      tag,
      body: assignmentRows.request,
      answers: { 200: assignmentRows.response },
      handle: async ({ body }) => ok({ rows: await listCompared(board, 'assignments', body) }),
    })
    .on('POST /finished-tasks/digests', {
      summary: 'Count and hash of finished tasks by range of ids',
      tag,
      body: finishedTaskDigests.request,
      answers: { 200: finishedTaskDigests.response },
      handle: async ({ body }) =>
        ok({ digests: await digestCompared(board, 'finished-tasks', body.bounds) }),
    })
    .on('POST /finished-tasks/rows', {
      summary: 'Finished tasks of a range of ids',
      tag,
      body: finishedTaskRows.request,
      answers: { 200: finishedTaskRows.response },
      handle: async ({ body }) => ok({ rows: await listCompared(board, 'finished-tasks', body) }),
    }).routes;
}

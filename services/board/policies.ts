import { consumersOf } from '../catalogue';
import type { Policies } from '../shared/http/route';
import {
  auditLogPolicies,
  deadLetterPolicies,
  statusPolicies,
} from '../shared/operations/policies';
import { publishedEventPolicies } from '../shared/operations/published-events.routes';

const readers = 'the assignee, the creator, managers above the assignee, or tasks.view-all';
const changers = 'the creator while the task was never dealt, or tasks.distribute';
const dealers = 'one’s own; deal: true needs tasks.distribute, everybody pays for what is dealt';

/** Services that subscribe to topics of Board. */
export const consumers = consumersOf('board');

/** Access policies of Board's routes. */
export const policies = {
  'GET /tasks': { allow: 'signed-in', owner: 'of each view; all of them with tasks.view-all' },
  'GET /tasks/counts': { allow: 'signed-in', owner: 'of each view; all with tasks.view-all' },
  'GET /tasks/load': {
    allow: 'signed-in',
    owner: 'the subordinates; everybody with tasks.view-all',
  },
  'POST /tasks': { allow: 'signed-in', owner: dealers, fresh: true },
  'GET /tasks/{id}': { allow: 'signed-in', owner: readers },
  'PATCH /tasks/{id}': { allow: 'signed-in', owner: changers, fresh: true },
  'POST /tasks/{id}/finish': { allow: 'signed-in', owner: 'the assignee', fresh: true },
  'POST /tasks/{id}/cancel': { allow: 'signed-in', owner: changers, fresh: true },
  'GET /tasks/{id}/assignments': { allow: 'signed-in', owner: readers },
  'GET /distributions/preview': { allow: 'tasks.distribute', fresh: true },
  'POST /distributions': { allow: 'tasks.distribute', fresh: true },
  'GET /distributions': { allow: 'tasks.distribute', fresh: true },
  'POST /task-details': { allow: 'services', callers: ['account'] },
  'POST /assignments/digests': { allow: 'services', callers: ['account'] },
  'POST /assignments/rows': { allow: 'services', callers: ['account'] },
  'POST /finished-tasks/digests': { allow: 'services', callers: ['account'] },
  'POST /finished-tasks/rows': { allow: 'services', callers: ['account'] },
  ...deadLetterPolicies,
  ...auditLogPolicies,
  ...statusPolicies,
  ...publishedEventPolicies(consumers),
} as const satisfies Policies;

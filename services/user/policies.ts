import { consumersOf, producersFor } from '../catalogue';
import { demand, may, type Caller } from '../shared/http/caller';
import type { Policies } from '../shared/http/route';
import { badRequest, notFound } from '../shared/kernel/errors';
import {
  auditLogPolicies,
  deadLetterPolicies,
  letterPolicies,
  reconciliationPolicies,
  statusPolicies,
} from '../shared/operations/policies';
import { publishedEventPolicies } from '../shared/operations/published-events.routes';

const owner = 'oneself, or users.manage';

/** Services that subscribe to topics of User. */
export const consumers = consumersOf('user');

/** Services that publish what User subscribes to. */
export const producers = producersFor('user');

/** Access policies of User's routes. */
export const policies = {
  'POST /sign-up': { allow: 'anybody' },
  'GET /sign-up/{id}': { allow: 'anybody' },
  'GET /people': { allow: 'signed-in' },
  'GET /users': { allow: 'users.manage', fresh: true },
  'POST /users': { allow: 'users.manage', fresh: true },
  'GET /users/{id}': { allow: 'signed-in', owner, fresh: true },
  'PATCH /users/{id}': { allow: 'signed-in', owner, fresh: true },
  'POST /users/{id}/beak-shape': { allow: 'signed-in', owner, fresh: true },
  'POST /users/{id}/deactivate': { allow: 'users.manage', fresh: true },
  'POST /users/{id}/activate': { allow: 'users.manage', fresh: true },
  'PUT /users/{id}/permissions': { allow: 'users.manage', fresh: true },
  'GET /groups': { allow: 'users.manage', fresh: true },
  'POST /groups': { allow: 'users.manage', fresh: true },
  'GET /groups/{id}': { allow: 'users.manage', fresh: true },
  'PATCH /groups/{id}': { allow: 'users.manage', fresh: true },
  'DELETE /groups/{id}': { allow: 'users.manage', fresh: true },
  'PUT /groups/{id}/members/{userId}': { allow: 'users.manage', fresh: true },
  'DELETE /groups/{id}/members/{userId}': { allow: 'users.manage', fresh: true },
  'PUT /groups/{id}/permissions': { allow: 'users.manage', fresh: true },
  'GET /active-employee-ids': { allow: 'services', callers: ['board'] },
  'GET /users/{id}/subordinate-ids': { allow: 'services', callers: ['board'] },
  // Account itself no longer calls this route: allowed for a rollback to the previous version.
  'GET /users/{id}/email': { allow: 'services', callers: ['account-worker', 'account'] },
  'GET /users/{id}/bank-account': { allow: 'services', callers: ['account'] },
  ...deadLetterPolicies,
  ...auditLogPolicies,
  ...letterPolicies,
  ...statusPolicies,
  ...reconciliationPolicies,
  ...publishedEventPolicies(consumers),
} as const satisfies Policies;

/** Fields that only somebody with `users.manage` may change. */
const ADMINISTRATIVE = ['role', 'managerId'];

/** Throws 404 unless the caller is the person or has `users.manage`. */
export function demandOneself(caller: Caller, id: string): void {
  if (caller.id !== id && !may(caller, 'users.manage')) throw notFound('User');
}

/** Throws 403 when the changes need `users.manage` and the caller lacks it. */
export function demandOwnFields(caller: Caller, changes: object): void {
  const isAdministrative = Object.keys(changes).some((field) => ADMINISTRATIVE.includes(field));
  if (isAdministrative) demand(caller, 'users.manage');
}

/**
 * Throws 400 without a full name where the installation requires one: null and undefined are none.
 */
export function demandFullName(
  rule: 'optional' | 'required',
  fullName: string | null | undefined,
): void {
  if (rule === 'optional' || (fullName !== undefined && fullName !== null)) return;
  const fault = { pointer: '/fullName', detail: 'is required', code: 'required' };
  throw badRequest(`${fault.pointer} ${fault.detail}`, [fault]);
}

/** Throws 404, as for an unknown route, when self-registration is off. */
export function demandSignUp(isEnabled: boolean): void {
  if (!isEnabled) throw notFound('Route');
}

/**
 * Returns the beak shape that people who replace their own must show; null when the caller replaces
 * another's. Throws 400 when it is missing.
 */
export function currentShapeOf(
  caller: Caller,
  id: string,
  current: string | undefined,
): string | null {
  if (caller.id !== id) return null;
  if (current !== undefined) return current;
  const detail = 'is needed to replace your own beak shape';
  const fault = { pointer: '/current', detail, code: 'required' };
  throw badRequest(`${fault.pointer} ${fault.detail}`, [fault]);
}

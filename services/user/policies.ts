import { demand, may, type Caller } from '../shared/http/caller';
import type { Policies } from '../shared/http/route';
import { badRequest, notFound } from '../shared/kernel/errors';

const owner = 'oneself, or users.manage';

/** Who may use which route of the user service. */
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
  'GET /active-employee-ids': { allow: 'services', callers: ['board'] },
  'GET /users/{id}/subordinate-ids': { allow: 'services', callers: ['board'] },
  // Account itself asks no more: for a roll back to the version before.
  'GET /users/{id}/email': { allow: 'services', callers: ['account-worker', 'account'] },
  'GET /users/{id}/bank-account': { allow: 'services', callers: ['account'] },
} as const satisfies Policies;

/** Fields of a person that only somebody who manages users may change. */
const ADMINISTRATIVE = ['role', 'managerId', 'locale'];

/** Throws 404 to those who are neither the person nor manage users. */
export function demandOneself(caller: Caller, id: string): void {
  if (caller.id !== id && !may(caller, 'users.manage')) throw notFound('User');
}

/** Throws 403 when somebody changes more of themselves than is theirs to change. */
export function demandOwnFields(caller: Caller, changes: object): void {
  const isAdministrative = Object.keys(changes).some((field) => ADMINISTRATIVE.includes(field));
  if (isAdministrative) demand(caller, 'users.manage');
}

/** Throws 404, as for a route that does not exist, where people can't register themselves. */
export function demandSignUp(isEnabled: boolean): void {
  if (!isEnabled) throw notFound('Route');
}

/**
 * The old beak shape that a person must show to replace their own; null when somebody who
 * manages users replaces another's. Throws 400 when it is missing.
 */
export function currentShapeOf(
  caller: Caller,
  id: string,
  current: string | undefined,
): string | null {
  if (caller.id !== id) return null;
  if (current !== undefined) return current;
  const fault = { pointer: '/current', detail: 'is needed to replace your own beak shape' };
  throw badRequest(`${fault.pointer} ${fault.detail}`, [fault]);
}

import type { Permission, Role } from '../contracts/fields';
import { forbidden } from '../kernel/errors';

/** Sender of a request, as the access token says. */
export interface Caller {
  /** User id, or `anonymous`. */
  id: string;
  role: Role;
  permissions: readonly Permission[];
  /** Session of the access token; null for `ANONYMOUS`. */
  sessionId: string | null;
}

/** Caller without a token: anybody on public routes, and other services. */
export const ANONYMOUS: Caller = {
  id: 'anonymous',
  role: 'employee',
  permissions: [],
  sessionId: null,
};

/** Returns whether the caller has the permission, by role, group or personal grant. */
export function may(caller: Caller, permission: Permission): boolean {
  return caller.permissions.includes(permission);
}

/** Throws 403 `forbidden` that names the missing permission. */
export function demand(caller: Caller, permission: Permission): void {
  if (!may(caller, permission)) throw forbidden(`This needs the permission ${permission}`);
}

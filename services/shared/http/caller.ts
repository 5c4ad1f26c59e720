import type { Permission, Role } from '../contracts/fields';
import { forbidden } from '../kernel/errors';

/** Who sent the request, as the access token says. */
export interface Caller {
  /** User id, or `anonymous`. */
  id: string;
  role: Role;
  permissions: readonly Permission[];
  /** The session the token belongs to. */
  sessionId: string | null;
}

/** Somebody without a token, on routes that anybody may use; also other services. */
export const ANONYMOUS: Caller = {
  id: 'anonymous',
  role: 'employee',
  permissions: [],
  sessionId: null,
};

/** True when the caller was granted this permission, by role or personally. */
export function may(caller: Caller, permission: Permission): boolean {
  return caller.permissions.includes(permission);
}

/** Throws 403 naming the missing permission. */
export function demand(caller: Caller, permission: Permission): void {
  if (!may(caller, permission)) throw forbidden(`This needs the permission ${permission}`);
}

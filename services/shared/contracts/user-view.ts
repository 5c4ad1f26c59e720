import { z } from 'zod';
import type { UserSnapshot } from './events/users';
import { locale, permission, role, userStatus, uuid } from './fields';

/** A user as the API shows one; `permissions` are the effective ones. */
export const userView = z
  .object({
    id: uuid,
    nickname: z.string(),
    email: z.string(),
    role,
    locale,
    status: userStatus,
    managerId: uuid.nullable(),
    permissions: z.array(permission),
    version: z.int().min(1),
  })
  .meta({ id: 'User' });
export type UserView = z.infer<typeof userView>;

/** Returns the API's view of a snapshot. */
export function userViewOf({ userId, ...rest }: UserSnapshot): UserView {
  return { id: userId, ...rest };
}

import { z } from 'zod';
import { defineEvent, type DataOf } from '../event';
import { locale, permission, role, userStatus, uuid } from '../fields';

/**
 * Snapshot of a user. Consumers ignore a `version` older than their own, so that snapshots may
 * arrive in any order.
 */
const userSnapshot = z.object({
  userId: uuid,
  version: z.int().min(1),
  nickname: z.string(),
  email: z.string(),
  role,
  status: userStatus,
  /** Effective permissions: those of the role, of groups and personal grants. */
  permissions: z.array(permission),
  managerId: uuid.nullable(),
  locale,
});
export type UserSnapshot = z.infer<typeof userSnapshot>;

const example: UserSnapshot = {
  userId: '0192c5a4-0000-7cc3-9d7e-2f4a6b8c0d1e',
  version: 1,
  nickname: 'kesha',
  email: 'kesha@popug.example',
  role: 'employee',
  status: 'inactive',
  permissions: [],
  managerId: null,
  locale: 'en',
};

/** A user was registered, inactive; Account opens the account. Repeated until that is done. */
export const userCreated = defineEvent<UserSnapshot>({
  type: 'UserCreated.v1',
  topic: 'users',
  schema: userSnapshot,
  example,
});
export type UserCreated = DataOf<typeof userCreated>;

/** Account and credentials exist: the user may log in and be dealt tasks. */
export const userActivated = defineEvent<UserSnapshot>({
  type: 'UserActivated.v1',
  topic: 'users',
  schema: userSnapshot,
  example: { ...example, version: 2, status: 'active' },
});

/** Name, email, role, permissions, manager or language of a user changed. */
export const userUpdated = defineEvent<UserSnapshot>({
  type: 'UserUpdated.v1',
  topic: 'users',
  schema: userSnapshot,
  example: { ...example, version: 3, status: 'active', role: 'manager' },
});

/** A user left: sessions end, no new tasks, earned money is still paid. */
export const userDeactivated = defineEvent<UserSnapshot>({
  type: 'UserDeactivated.v1',
  topic: 'users',
  schema: userSnapshot,
  example: { ...example, version: 4, status: 'deactivated' },
});

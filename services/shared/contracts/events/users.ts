import { z } from 'zod';
import { defineEvent, type DataOf } from '../event';
import { locale, permission, role, userStatus, uuid } from '../fields';

/**
 * One full picture of a user. Who keeps a copy ignores a `version` older than its own,
 * so these may come in any order.
 */
const userSnapshot = z.object({
  userId: uuid,
  version: z.int().min(1),
  nickname: z.string(),
  email: z.string(),
  role,
  status: userStatus,
  /** Effective: role, groups' and own together. */
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

/** Somebody was registered, inactive: Account opens the account. Repeated until it did. */
export const userCreated = defineEvent<UserSnapshot>({
  type: 'UserCreated.v1',
  topic: 'users',
  schema: userSnapshot,
  example,
});
export type UserCreated = DataOf<typeof userCreated>;

/** Account and credentials are there: the person may log in and be dealt tasks. */
export const userActivated = defineEvent<UserSnapshot>({
  type: 'UserActivated.v1',
  topic: 'users',
  schema: userSnapshot,
  example: { ...example, version: 2, status: 'active' },
});

/** Anything about a user changed: name, email, role, permissions, manager, language. */
export const userUpdated = defineEvent<UserSnapshot>({
  type: 'UserUpdated.v1',
  topic: 'users',
  schema: userSnapshot,
  example: { ...example, version: 3, status: 'active', role: 'manager' },
});

/** The person left: sessions end, no new tasks, what was earned is still paid. */
export const userDeactivated = defineEvent<UserSnapshot>({
  type: 'UserDeactivated.v1',
  topic: 'users',
  schema: userSnapshot,
  example: { ...example, version: 4, status: 'deactivated' },
});

import type { UserSnapshot } from '../../shared/contracts/events/users';
import type { Permission } from '../../shared/contracts/fields';
import { query, type Database, type Tx } from '../../shared/db/data-source';
import { snapshotOf, type User } from '../entities/user.entity';

/** A group as part of a person. */
export interface GroupName {
  id: string;
  name: string;
}

/** A user as people with `users.manage`, and the user, see them. */
export interface SeenUser {
  snapshot: UserSnapshot;
  fullName: string | null;
  awaitsApproval: boolean;
  /** Permissions granted personally; those of the snapshot are the effective ones. */
  ownPermissions: Permission[];
  /** In the order of their names. */
  groups: GroupName[];
  createdAt: Date;
  activation: { credentialsSet: boolean; accountOpened: boolean };
}

const GROUPS = `
SELECT user_id AS "userId", groups.id, groups.name
FROM group_members JOIN groups ON groups.id = group_id
WHERE user_id = ANY ($1::uuid[]) ORDER BY name_key`;

/** Returns how a user with these groups is seen. */
export function seenAs(user: User, groups: GroupName[]): SeenUser {
  return {
    snapshot: snapshotOf(user),
    fullName: user.fullName,
    awaitsApproval: user.awaitsApproval,
    ownPermissions: user.permissions,
    groups,
    createdAt: user.registeredAt,
    activation: {
      credentialsSet: user.credentialsSetAt !== null,
      accountOpened: user.accountOpenedAt !== null,
    },
  };
}

/** Returns how users are seen; one statement reads the groups of all of them. */
export async function seeUsers(tx: Tx | Database, users: readonly User[]): Promise<SeenUser[]> {
  const groups = new Map<string, GroupName[]>(users.map(({ id }) => [id, []]));
  const rows = await query<GroupName & { userId: string }>(tx, GROUPS, [[...groups.keys()]]);
  for (const { userId, id, name } of rows) groups.get(userId)!.push({ id, name });
  return users.map((user) => seenAs(user, groups.get(user.id)!));
}

/** Returns how a user is seen. */
export async function seeUser(tx: Tx | Database, user: User): Promise<SeenUser> {
  const [seen] = await seeUsers(tx, [user]);
  return seen!;
}

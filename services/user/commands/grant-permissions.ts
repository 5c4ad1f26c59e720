import { userUpdated, type UserSnapshot } from '../../shared/contracts/events/users';
import { permission, type Permission } from '../../shared/contracts/fields';
import { recordAudit } from '../../shared/db/audit-log';
import { event, publish } from '../../shared/messaging/outbox';
import type { UserContext } from '../context';
import { snapshotOf } from '../entities/user.entity';
import { lockUser } from '../steps/lock-users';

/** New personal permissions of a person, and who grants them. */
export interface Grant {
  id: string;
  permissions: readonly Permission[];
  actorId: string;
}

/** Replaces the personal permissions; those of the role stay. Throws 404. */
export async function grantPermissions(
  context: UserContext,
  { id, permissions, actorId }: Grant,
): Promise<UserSnapshot> {
  return context.database.transaction(async (tx) => {
    const now = await context.now(tx);
    const user = await lockUser(tx, id);
    const before = user.permissions;
    const after = permission.options.filter((each) => permissions.includes(each));
    if (before.join() === after.join()) return snapshotOf(user);
    user.permissions = after;
    user.version += 1;
    await tx.save(user);
    await recordAudit(tx, { actorId, action: 'permissions.changed', subject: id, before, after });
    await publish(tx, [event(userUpdated, id, snapshotOf(user), now)]);
    return snapshotOf(user);
  });
}

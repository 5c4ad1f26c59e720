import { userUpdated } from '../../shared/contracts/events/users';
import type { Permission } from '../../shared/contracts/fields';
import { recordAudit } from '../../shared/db/audit-log';
import type { BasedOn } from '../../shared/kernel/based-on';
import type { UserContext } from '../context';
import { inOrder } from '../entities/group.entity';
import { seeUser, type SeenUser } from '../queries/seen-users';
import { lockAdministration, lockUser } from '../steps/lock-users';
import { publishUsers } from '../steps/publish-users';

/** New personal permissions of a person, and who grants them. */
export interface Grant {
  id: string;
  permissions: readonly Permission[];
  basedOn?: BasedOn;
  actorId: string;
}

/** Replaces the personal permissions; those of the role and of groups stay. Throws 404, 412. */
export async function grantPermissions(
  context: UserContext,
  { id, permissions, basedOn, actorId }: Grant,
): Promise<SeenUser> {
  return context.database.transaction(async (tx) => {
    const now = await context.now(tx);
    await lockAdministration(tx);
    const user = await lockUser(tx, id, basedOn);
    const before = user.permissions;
    const after = inOrder(permissions);
    if (before.join() === after.join()) return seeUser(tx, user);
    user.permissions = after;
    user.version += 1;
    await tx.save(user);
    await recordAudit(tx, { actorId, action: 'permissions.changed', subject: id, before, after });
    await publishUsers(tx, userUpdated, [user], now);
    return seeUser(tx, user);
  });
}

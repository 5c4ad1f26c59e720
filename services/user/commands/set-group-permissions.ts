import type { Permission } from '../../shared/contracts/fields';
import { recordAudit } from '../../shared/db/audit-log';
import type { BasedOn } from '../../shared/kernel/based-on';
import type { UserContext } from '../context';
import { inOrder } from '../entities/group.entity';
import { firstMembers, memberIds, seeGroup, type SeenGroup } from '../queries/groups';
import { lockGroup } from '../steps/lock-group';
import { refreshGroupPermissions } from '../steps/refresh-group-permissions';

/** New permissions of a group, and who sets them. */
export interface GroupGrant {
  id: string;
  permissions: readonly Permission[];
  basedOn: BasedOn;
  actorId: string;
}

/**
 * Replaces the permissions of a group and publishes `UserUpdated` for each member whose effective
 * permissions change. Throws 404, 412 `stale-version`.
 */
export async function setGroupPermissions(
  context: UserContext,
  { id, permissions, basedOn, actorId }: GroupGrant,
): Promise<SeenGroup> {
  return context.database.transaction(async (tx) => {
    const group = await lockGroup(tx, id, basedOn);
    const before = group.permissions;
    const after = inOrder(permissions);
    if (before.join() !== after.join()) {
      Object.assign(group, { permissions: after, version: group.version + 1 });
      await tx.save(group);
      const change = { action: 'group-permissions.changed', subject: id, before, after };
      await recordAudit(tx, { actorId, ...change });
      await refreshGroupPermissions(tx, await memberIds(tx, id), await context.now(tx));
    }
    return seeGroup(tx, group, firstMembers);
  });
}

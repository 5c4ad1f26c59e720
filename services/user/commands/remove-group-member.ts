import { recordAudit } from '../../shared/db/audit-log';
import { query } from '../../shared/db/data-source';
import type { BasedOn } from '../../shared/kernel/based-on';
import type { UserContext } from '../context';
import { lockGroup } from '../steps/lock-group';
import { lockUser } from '../steps/lock-users';
import { refreshGroupPermissions } from '../steps/refresh-group-permissions';

/** Group and person of a membership that begins or ends, and who decides so. */
export interface MembershipChange {
  /** Id of the group. */
  id: string;
  userId: string;
  /** Versions of the group. */
  basedOn: BasedOn;
  actorId: string;
}

const REMOVE = `
DELETE FROM group_members WHERE group_id = $1 AND user_id = $2 RETURNING user_id`;

/**
 * Removes a person from a group and publishes `UserUpdated` when the person loses a permission.
 * Changes nothing when the person is no member. Throws 404, 412 `stale-version`.
 */
export async function removeGroupMember(
  context: UserContext,
  { id, userId, basedOn, actorId }: MembershipChange,
): Promise<void> {
  await context.database.transaction(async (tx) => {
    const group = await lockGroup(tx, id, basedOn);
    await lockUser(tx, userId);
    const removed = await query(tx, REMOVE, [id, userId]);
    if (removed.length === 0) return;
    group.version += 1;
    await tx.save(group);
    const before = { groupId: id, group: group.name };
    await recordAudit(tx, { actorId, action: 'group-member.removed', subject: userId, before });
    await refreshGroupPermissions(tx, [userId], await context.now(tx));
  });
}

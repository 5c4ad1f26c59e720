import { recordAudit } from '../../shared/db/audit-log';
import { query } from '../../shared/db/data-source';
import type { BasedOn } from '../../shared/kernel/based-on';
import type { UserContext } from '../context';
import { Group } from '../entities/group.entity';
import { auditEach } from '../steps/audit-each';
import { lockGroup } from '../steps/lock-group';
import { refreshGroupPermissions } from '../steps/refresh-group-permissions';

const REMOVE_ALL = `
DELETE FROM group_members WHERE group_id = $1 RETURNING user_id AS "userId"`;

/**
 * Deletes a group with its memberships, and publishes `UserUpdated` for each member who loses a
 * permission. Throws 404, 412 `stale-version`.
 */
export async function deleteGroup(
  context: UserContext,
  { id, basedOn, actorId }: { id: string; basedOn: BasedOn; actorId: string },
): Promise<void> {
  await context.database.transaction(async (tx) => {
    const { name, permissions } = await lockGroup(tx, id, basedOn);
    const removed = await query<{ userId: string }>(tx, REMOVE_ALL, [id]);
    await tx.delete(Group, { id });
    const members = removed.map(({ userId }) => userId);
    const before = { name, permissions, memberCount: members.length };
    await recordAudit(tx, { actorId, action: 'group.deleted', subject: id, before });
    await auditEach(tx, members, {
      actorId,
      action: 'group-member.removed',
      before: { groupId: id, group: name },
      reason: 'The group was deleted',
    });
    await refreshGroupPermissions(tx, members, await context.now(tx));
  });
}

import { recordAudit } from '../../shared/db/audit-log';
import { query } from '../../shared/db/data-source';
import type { UserContext } from '../context';
import { demandRoomForMember } from '../domain/group-limits';
import { firstMembers, seeGroup, type SeenGroup } from '../queries/groups';
import { lockGroup } from '../steps/lock-group';
import { lockUser } from '../steps/lock-users';
import { refreshGroupPermissions } from '../steps/refresh-group-permissions';
import type { MembershipChange } from './remove-group-member';

const ADD = `
INSERT INTO group_members (group_id, user_id) VALUES ($1, $2)
ON CONFLICT DO NOTHING RETURNING user_id`;

const COUNTS = `
SELECT (SELECT count(*) FROM group_members WHERE group_id = $1)::integer AS members,
  (SELECT count(*) FROM group_members WHERE user_id = $2)::integer AS "groupsOfPerson"`;

/**
 * Adds a person to a group and publishes `UserUpdated` when the person gains a permission. A repeat
 * changes nothing. Throws 404, 412 `stale-version`, 409 `too-many-members` or
 * `too-many-groups-of-person`.
 */
export async function addGroupMember(
  context: UserContext,
  { id, userId, basedOn, actorId }: MembershipChange,
): Promise<SeenGroup> {
  return context.database.transaction(async (tx) => {
    const group = await lockGroup(tx, id, basedOn);
    await lockUser(tx, userId);
    type Counts = { members: number; groupsOfPerson: number };
    const [counts] = await query<Counts>(tx, COUNTS, [id, userId]);
    const added = await query(tx, ADD, [id, userId]);
    if (added.length > 0) {
      demandRoomForMember(counts!);
      group.version += 1;
      await tx.save(group);
      const after = { groupId: id, group: group.name };
      await recordAudit(tx, { actorId, action: 'group-member.added', subject: userId, after });
      await refreshGroupPermissions(tx, [userId], await context.now(tx));
    }
    return seeGroup(tx, group, firstMembers);
  });
}

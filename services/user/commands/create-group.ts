import { recordAudit } from '../../shared/db/audit-log';
import { isUniqueViolation, refuseViolation } from '../../shared/db/errors';
import type { UserContext } from '../context';
import { demandRoomForGroup } from '../domain/group-limits';
import { idTaken, takenGroupNames } from '../domain/taken-names';
import { Group, newGroup, type NewGroup } from '../entities/group.entity';
import { lockAdministration } from '../steps/lock-users';

/**
 * Creates a group without members. Returns the group as created, without later changes, so that a
 * repeat gets the same answer. Throws 409 `id-taken`, `name-taken` or `too-many-groups`.
 */
export async function createGroup(context: UserContext, input: NewGroup): Promise<Group> {
  const { database } = context;
  const group = newGroup(input, await context.now(database));
  const { id, name, permissions } = group;
  try {
    await database.transaction(async (tx) => {
      await lockAdministration(tx);
      // Insert before counting, so that a repeat is a duplicate key and not a group too many.
      await tx.insert(Group, group);
      demandRoomForGroup((await tx.count(Group)) - 1);
      const after = { name, permissions };
      await recordAudit(tx, {
        actorId: input.actorId,
        action: 'group.created',
        subject: id,
        after,
      });
    });
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    const known = await database.manager.findOneBy(Group, { id });
    if (!known) return refuseViolation(takenGroupNames)(error);
    if (known.requestFingerprint !== group.requestFingerprint) throw idTaken();
  }
  return group;
}

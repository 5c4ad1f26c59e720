import { nicknameKey } from '../../shared/contracts/fields';
import { recordAudit } from '../../shared/db/audit-log';
import { refuseViolation } from '../../shared/db/errors';
import type { BasedOn } from '../../shared/kernel/based-on';
import type { UserContext } from '../context';
import { takenGroupNames } from '../domain/taken-names';
import { firstMembers, seeGroup, type SeenGroup } from '../queries/groups';
import { lockGroup } from '../steps/lock-group';

/** New name of a group; undefined keeps the name. */
export interface Renaming {
  id: string;
  name: string | undefined;
  basedOn: BasedOn;
  actorId: string;
}

/** Renames a group. Throws 404, 412 `stale-version`, 409 `name-taken`. */
export async function renameGroup(
  { database }: UserContext,
  { id, name, basedOn, actorId }: Renaming,
): Promise<SeenGroup> {
  const work = database.transaction(async (tx) => {
    const group = await lockGroup(tx, id, basedOn);
    const before = group.name;
    if (name !== undefined && name !== before) {
      Object.assign(group, { name, nameKey: nicknameKey(name), version: group.version + 1 });
      await tx.save(group);
      const change = { before, after: name };
      await recordAudit(tx, { actorId, action: 'group.renamed', subject: id, ...change });
    }
    return seeGroup(tx, group, firstMembers);
  });
  return work.catch(refuseViolation(takenGroupNames));
}

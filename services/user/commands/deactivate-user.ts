import { userDeactivated } from '../../shared/contracts/events/users';
import { recordAudit } from '../../shared/db/audit-log';
import type { UserContext } from '../context';
import { seeUser, type SeenUser } from '../queries/seen-users';
import { keepAnAdministrator } from '../steps/keep-an-administrator';
import { lockAdministration, lockUser } from '../steps/lock-users';
import { lockTeams, moveSubordinates } from '../steps/move-subordinates';
import { publishUsers } from '../steps/publish-users';

/**
 * Deactivates a person, who can no longer log in or be dealt tasks; the history stays. Direct
 * subordinates move to the first active manager above. A repeat changes nothing. Throws 404, 409
 * `last-administrator`.
 */
export async function deactivateUser(
  context: UserContext,
  { id, actorId }: { id: string; actorId: string },
): Promise<SeenUser> {
  return context.database.transaction(async (tx) => {
    const now = await context.now(tx);
    await lockAdministration(tx);
    await lockTeams(tx, [id]);
    const user = await lockUser(tx, id);
    if (user.status === 'deactivated') return seeUser(tx, user);
    await keepAnAdministrator(tx, user);
    user.status = 'deactivated';
    user.awaitsApproval = false;
    user.version += 1;
    await tx.save(user);
    await recordAudit(tx, { actorId, action: 'user.deactivated', subject: id });
    await publishUsers(tx, userDeactivated, [user], now);
    await moveSubordinates(tx, { id, actorId }, now);
    return seeUser(tx, user);
  });
}

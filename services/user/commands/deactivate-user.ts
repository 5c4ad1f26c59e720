import { userDeactivated, type UserSnapshot } from '../../shared/contracts/events/users';
import { recordAudit } from '../../shared/db/audit-log';
import { event, publish } from '../../shared/messaging/outbox';
import type { UserContext } from '../context';
import { snapshotOf } from '../entities/user.entity';
import { keepAnAdministrator } from '../steps/keep-an-administrator';
import { lockAdministration, lockUser } from '../steps/lock-users';

/**
 * Deactivates a person, who can no longer log in or be dealt tasks; the history stays. A repeat
 * changes nothing. Throws 404, 409 `last-administrator`.
 */
export async function deactivateUser(
  context: UserContext,
  { id, actorId }: { id: string; actorId: string },
): Promise<UserSnapshot> {
  return context.database.transaction(async (tx) => {
    const now = await context.now(tx);
    await lockAdministration(tx);
    const user = await lockUser(tx, id);
    if (user.status === 'deactivated') return snapshotOf(user);
    await keepAnAdministrator(tx, user);
    user.status = 'deactivated';
    user.awaitsApproval = false;
    user.version += 1;
    await tx.save(user);
    await recordAudit(tx, { actorId, action: 'user.deactivated', subject: id });
    await publish(tx, [event(userDeactivated, id, snapshotOf(user), now)]);
    return snapshotOf(user);
  });
}

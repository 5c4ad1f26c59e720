import { userDeactivated, type UserSnapshot } from '../../shared/contracts/events/users';
import { recordAudit } from '../../shared/db/audit-log';
import type { Database } from '../../shared/db/data-source';
import { event, publish } from '../../shared/messaging/outbox';
import { snapshotOf } from '../entities/user.entity';
import { keepAnAdministrator } from './keep-an-administrator';
import { lockAdministration, lockUser } from './lock-users';

/**
 * The person leaves: no login, no new tasks, their history stays. Doing it twice changes
 * nothing. Throws 404, and 409 for the last active administrator.
 */
export async function deactivateUser(
  database: Database,
  { id, actorId }: { id: string; actorId: string },
  now: Date,
): Promise<UserSnapshot> {
  return database.transaction(async (tx) => {
    await lockAdministration(tx);
    const user = await lockUser(tx, id);
    if (user.status === 'deactivated') return snapshotOf(user);
    await keepAnAdministrator(tx, user);
    user.status = 'deactivated';
    user.awaitsApproval = false;
    user.version += 1;
    await tx.save(user);
    await recordAudit(tx, { actorId, action: 'user.deactivated', subject: id, details: {} });
    await publish(tx, [event(userDeactivated, id, snapshotOf(user), now)]);
    return snapshotOf(user);
  });
}

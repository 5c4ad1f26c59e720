import { userUpdated } from '../../shared/contracts/events/users';
import { recordAudit } from '../../shared/db/audit-log';
import type { Tx } from '../../shared/db/data-source';
import { refuseViolation } from '../../shared/db/errors';
import type { UserContext } from '../context';
import { takenNames } from '../domain/taken-names';
import { User } from '../entities/user.entity';
import { seeUser, type SeenUser } from '../queries/seen-users';
import { activateReady } from '../steps/activate-ready';
import { lockAdministration, lockUser } from '../steps/lock-users';
import { publishUsers } from '../steps/publish-users';
import { refuseTwinName } from '../steps/refuse-twin-name';

/**
 * Approves a sign-up, or takes a deactivation back: the person is active, or inactive until account
 * and credentials are there. For anybody else nothing changes. Throws 404, 409 when a given-up
 * registration's email or nickname is taken by now.
 */
export async function reactivateUser(
  context: UserContext,
  { id, actorId }: { id: string; actorId: string },
): Promise<SeenUser> {
  const work = context.database.transaction(async (tx) => {
    const now = await context.now(tx);
    await lockAdministration(tx);
    const user = await lockUser(tx, id);
    if (user.awaitsApproval) return approve(tx, user, actorId, now);
    if (user.status !== 'deactivated') return seeUser(tx, user);
    // Only a given-up registration released its nickname.
    if (user.credentialsSetAt === null || user.givenUpAt) await refuseTwinName(tx, user);
    user.status = 'inactive';
    user.givenUpAt = null;
    user.inactiveSince = now;
    user.version += 1;
    await tx.save(user);
    await recordAudit(tx, { actorId, action: 'user.reactivated', subject: id });
    await publishUsers(tx, userUpdated, [user], now);
    await activateReady(tx, [id], now);
    return seeUser(tx, await tx.findOneByOrFail(User, { id }));
  });
  return work.catch(refuseViolation(takenNames));
}

async function approve(tx: Tx, user: User, actorId: string, now: Date): Promise<SeenUser> {
  const { id } = user;
  user.awaitsApproval = false;
  user.version += 1;
  await tx.save(user);
  await recordAudit(tx, { actorId, action: 'user.approved', subject: id });
  await activateReady(tx, [id], now);
  return seeUser(tx, await tx.findOneByOrFail(User, { id }));
}

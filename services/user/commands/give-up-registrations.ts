import { In, IsNull, LessThanOrEqual, type FindOptionsWhere } from 'typeorm';
import { userDeactivated } from '../../shared/contracts/events/users';
import type { Tx } from '../../shared/db/data-source';
import { agreedNow } from '../../shared/db/database-clock';
import { event, publish } from '../../shared/messaging/outbox';
import type { UserContext } from '../context';
import { APPROVAL_GIVEN_UP_AFTER_MS, GIVEN_UP_AFTER_MS } from '../domain/activation';
import { User, snapshotOf } from '../entities/user.entity';
import { lockAdministration } from '../steps/lock-users';
import { lockTeams, moveSubordinates } from '../steps/move-subordinates';

const BATCH = 100;

/**
 * Deactivates people without credentials for a day and people without approval for 30 days. Email
 * and nickname become free, and User deletes the bank account number. Returns their ids.
 */
export async function giveUpRegistrations(context: UserContext): Promise<string[]> {
  return context.database.transaction(async (tx) => {
    const now = await agreedNow(context, tx);
    // The tree of managers changes when somebody had put people below a newcomer.
    await lockAdministration(tx);
    const abandoned = await lockAbandoned(tx, now);
    for (const user of abandoned) {
      Object.assign(user, {
        status: 'deactivated',
        givenUpAt: now,
        awaitsApproval: false,
        bankAccount: null,
        version: user.version + 1,
      });
    }
    await tx.save(abandoned);
    await publish(
      tx,
      abandoned.map((user) => event(userDeactivated, user.id, snapshotOf(user), now)),
    );
    for (const { id } of abandoned) await moveSubordinates(tx, { id, actorId: null }, now);
    return abandoned.map(({ id }) => id);
  });
}

/** Locks them with their teams, then looks again: somebody may have been let in meanwhile. */
async function lockAbandoned(tx: Tx, now: Date): Promise<User[]> {
  const before = (ms: number) => LessThanOrEqual(new Date(now.getTime() - ms));
  const find = (among: FindOptionsWhere<User> = {}) =>
    tx.find(User, {
      where: [
        {
          status: 'inactive',
          credentialsSetAt: IsNull(),
          inactiveSince: before(GIVEN_UP_AFTER_MS),
          ...among,
        },
        { awaitsApproval: true, inactiveSince: before(APPROVAL_GIVEN_UP_AFTER_MS), ...among },
      ],
      order: { inactiveSince: 'ASC' },
      take: BATCH,
    });
  const ids = (await find()).map(({ id }) => id);
  await lockTeams(tx, ids);
  return find({ id: In(ids) });
}

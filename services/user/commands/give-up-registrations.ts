import { IsNull, LessThanOrEqual } from 'typeorm';
import { userDeactivated } from '../../shared/contracts/events/users';
import type { Database } from '../../shared/db/data-source';
import { event, publish } from '../../shared/messaging/outbox';
import { GIVEN_UP_AFTER_MS } from '../domain/activation';
import { User, snapshotOf } from '../entities/user.entity';

const BATCH = 100;

/**
 * Deactivates those who have had no credentials for a day: email and nickname are free again,
 * and the bank account number is forgotten. Returns their ids.
 */
export async function giveUpRegistrations(database: Database, now: Date): Promise<string[]> {
  return database.transaction(async (tx) => {
    const abandoned = await tx.find(User, {
      where: {
        status: 'inactive',
        credentialsSetAt: IsNull(),
        inactiveSince: LessThanOrEqual(new Date(now.getTime() - GIVEN_UP_AFTER_MS)),
      },
      order: { inactiveSince: 'ASC' },
      take: BATCH,
      lock: { mode: 'pessimistic_write', onLocked: 'skip_locked' },
    });
    for (const user of abandoned) {
      Object.assign(user, { status: 'deactivated', bankAccount: null, version: user.version + 1 });
    }
    await tx.save(abandoned);
    await publish(
      tx,
      abandoned.map((user) => event(userDeactivated, user.id, snapshotOf(user), now)),
    );
    return abandoned.map(({ id }) => id);
  });
}

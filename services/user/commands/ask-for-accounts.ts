import { IsNull, LessThanOrEqual } from 'typeorm';
import { userCreated } from '../../shared/contracts/events/users';
import { event, publish } from '../../shared/messaging/outbox';
import type { UserContext } from '../context';
import { nextAccountAskAt } from '../domain/activation';
import { User, snapshotOf } from '../entities/user.entity';

const BATCH = 100;

/**
 * Publishes `UserCreated` again, with a new event id, for people whose account is overdue: Account
 * opens the account, or confirms it again. Returns their ids.
 */
export async function askForAccounts(context: UserContext): Promise<string[]> {
  return context.database.transaction(async (tx) => {
    const now = await context.now(tx);
    const waiting = await tx.find(User, {
      where: {
        status: 'inactive',
        accountOpenedAt: IsNull(),
        accountAskDueAt: LessThanOrEqual(now),
      },
      order: { accountAskDueAt: 'ASC' },
      take: BATCH,
      lock: { mode: 'pessimistic_write', onLocked: 'skip_locked' },
    });
    for (const user of waiting) {
      user.accountAskedTimes += 1;
      user.accountAskDueAt = nextAccountAskAt(now, user.accountAskedTimes);
    }
    await tx.save(waiting);
    await publish(
      tx,
      waiting.map((user) => event(userCreated, user.id, snapshotOf(user), now)),
    );
    return waiting.map(({ id }) => id);
  });
}

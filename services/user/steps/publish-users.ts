import type { EventContract } from '../../shared/contracts/event';
import type { UserSnapshot } from '../../shared/contracts/events/users';
import type { Tx } from '../../shared/db/data-source';
import { hintsAbout } from '../../shared/messaging/hints';
import { event, publish } from '../../shared/messaging/outbox';
import { snapshotOf, type User } from '../entities/user.entity';

/** Publishes snapshots of changed users, and hints for themselves and those who manage users. */
export async function publishUsers(
  tx: Tx,
  contract: EventContract<UserSnapshot>,
  users: readonly User[],
  at: Date,
): Promise<void> {
  const snapshots = users.map((user) => event(contract, user.id, snapshotOf(user), at));
  const things = users.map(({ id }) => ({ userId: id, id }));
  const hints = hintsAbout([{ topic: 'user', things, watchers: 'users.manage' }], at);
  await publish(tx, [...snapshots, ...hints]);
}

import { userCreated } from '../../shared/contracts/events/users';
import type { Tx } from '../../shared/db/data-source';
import { event, publish } from '../../shared/messaging/outbox';
import { User, snapshotOf } from '../entities/user.entity';
import { refuseTwinName } from './refuse-twin-name';

/**
 * Writes the row and its `UserCreated`. Throws the unique violation of a taken name, and 409 for
 * a name that looks like another.
 */
export async function insertUser(tx: Tx, user: User): Promise<void> {
  await refuseTwinName(tx, user);
  await tx.insert(User, user);
  await publish(tx, [event(userCreated, user.id, snapshotOf(user), user.registeredAt)]);
}

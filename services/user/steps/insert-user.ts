import { userCreated } from '../../shared/contracts/events/users';
import type { Tx } from '../../shared/db/data-source';
import { User } from '../entities/user.entity';
import { publishUsers } from './publish-users';
import { refuseTwinName } from './refuse-twin-name';

/**
 * Inserts the user and publishes `UserCreated`. Throws the unique violation of a taken id or name,
 * 409 `nickname-taken` for a nickname that looks like another.
 */
export async function insertUser(tx: Tx, user: User): Promise<void> {
  await refuseTwinName(tx, user);
  await tx.insert(User, user);
  await publishUsers(tx, userCreated, [user], user.registeredAt);
}

import type { UserSnapshot } from '../../shared/contracts/events/users';
import { isUniqueViolation, refuseViolation } from '../../shared/db/errors';
import type { UserContext } from '../context';
import { idTaken, takenNames } from '../domain/taken-names';
import {
  User,
  isSameRegistration,
  newcomer,
  snapshotOf,
  type Registration,
} from '../entities/user.entity';
import { insertUser } from '../steps/insert-user';

/** A person as registered, and whether their beak shape was set before. */
export interface Registered {
  snapshot: UserSnapshot;
  isSettled: boolean;
}

/**
 * Registers an inactive employee: the first step of activation, which Account takes up from the
 * event. Returns the person as registered, whatever became of them since: a repeat of the same
 * registration has the same answer. Throws 409 when id, email or nickname are somebody else's.
 */
export async function registerUser(
  { database, now }: UserContext,
  registration: Registration,
): Promise<Registered> {
  const user = newcomer(registration, 'employee', await now(database));
  let isSettled = false;
  try {
    await database.transaction((tx) => insertUser(tx, user));
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    const known = await database.manager.findOneBy(User, { id: user.id });
    if (!known) return refuseViolation(takenNames)(error);
    if (!isSameRegistration(known, user)) throw idTaken();
    isSettled = known.credentialsSetAt !== null;
  }
  return { snapshot: snapshotOf(user), isSettled };
}

import { isUniqueViolation, refuseViolation } from '../../shared/db/errors';
import type { UserContext } from '../context';
import { idTaken, takenNames } from '../domain/taken-names';
import { User, isSameRegistration, newcomer, type Registration } from '../entities/user.entity';
import { seenAs, type SeenUser } from '../queries/seen-users';
import { insertUser } from '../steps/insert-user';

/** A registered person; `isSettled`: the beak shape was set before this request. */
export interface Registered {
  seen: SeenUser;
  isSettled: boolean;
}

/**
 * Registers an inactive employee: the first step of activation; Account opens an account on the
 * event. Returns the person as registered, without later changes, so that a repeat gets the same
 * answer. Throws 409 `id-taken`, `email-taken` or `nickname-taken`.
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
    user.registeredAt = known.registeredAt;
  }
  return { seen: seenAs(user, []), isSettled };
}

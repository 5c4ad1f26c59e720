import type { UserSnapshot } from '../../shared/contracts/events/users';
import type { UserContext } from '../context';
import type { Registration } from '../entities/user.entity';
import { registerUser } from './register-user';
import { setFirstBeakShape } from './set-first-beak-shape';

/**
 * Registers a person and sets their beak shape, where one is given. Returns them as registered:
 * inactive. Interrupted anywhere, the same request goes on where it stopped. Throws 409 when id,
 * email or nickname are taken, 503 while Auth is away.
 */
export async function signUp(
  context: UserContext,
  registration: Registration,
  beakShape: string | null,
): Promise<UserSnapshot> {
  const { snapshot, isSettled } = await registerUser(context, registration);
  // A repeat must not tell whether a beak shape is theirs: it is not looked at any more.
  if (beakShape !== null && !isSettled) {
    await setFirstBeakShape(context, snapshot.userId, beakShape);
  }
  return snapshot;
}

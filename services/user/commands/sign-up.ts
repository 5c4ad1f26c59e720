import type { UserSnapshot } from '../../shared/contracts/events/users';
import { registerUser, type Registration } from './register-user';
import { setFirstBeakShape, type Deps } from './set-first-beak-shape';

/**
 * Registers a person and sets their beak shape, where one is given. Returns them as registered:
 * inactive. Interrupted anywhere, the same request goes on where it stopped. Throws 409 when id,
 * email or nickname are taken, 503 while Auth is away.
 */
export async function signUp(
  deps: Deps,
  registration: Registration,
  beakShape: string | null,
): Promise<UserSnapshot> {
  const user = await registerUser(deps.database, registration, deps.clock());
  if (beakShape !== null) await setFirstBeakShape(deps, user.userId, beakShape);
  return user;
}

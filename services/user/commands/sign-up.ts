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
  const { snapshot, isSettled } = await registerUser(
    deps.database,
    registration,
    await deps.now(deps.database),
  );
  // A repeat must not tell whether a beak shape is theirs: it is not looked at any more.
  if (beakShape !== null && !isSettled) await setFirstBeakShape(deps, snapshot.userId, beakShape);
  return snapshot;
}

import type { UserContext } from '../context';
import type { Registration } from '../entities/user.entity';
import type { SeenUser } from '../queries/seen-users';
import { registerUser } from './register-user';
import { setFirstBeakShape } from './set-first-beak-shape';

/**
 * Registers a person and sets the beak shape, if given. Returns the person as registered: inactive.
 * A repeat resumes where the first request stopped. Throws 409 `id-taken`, `email-taken` or
 * `nickname-taken`, 503 while Auth is away.
 */
export async function signUp(
  context: UserContext,
  registration: Registration,
  beakShape: string | null,
): Promise<SeenUser> {
  const { seen, isSettled } = await registerUser(context, registration);
  // A repeat must not reveal whether a beak shape is right, so it is not compared.
  if (beakShape !== null && !isSettled) {
    await setFirstBeakShape(context, seen.snapshot.userId, beakShape);
  }
  const credentialsSet = beakShape !== null;
  return { ...seen, activation: { ...seen.activation, credentialsSet } };
}

import { createCredentials } from '../clients/auth';
import type { UserContext } from '../context';
import { idTaken } from '../domain/taken-names';
import { noteCredentialsSet } from '../steps/note-credentials-set';

/**
 * Second and third step of activation: Auth keeps the beak shape, then the user is active if the
 * account is open. Auth never replaces one here, so nobody is taken over by signing up with
 * their id: another shape than theirs is refused with 409. Throws 503 while Auth is away; the
 * repeated registration goes on here.
 */
export async function setFirstBeakShape(
  context: UserContext,
  userId: string,
  beakShape: string,
): Promise<void> {
  const { matches } = await createCredentials(context.sidecar, userId, beakShape);
  if (!matches) throw idTaken();
  await context.database.transaction(async (tx) =>
    noteCredentialsSet(tx, userId, await context.now(tx)),
  );
}

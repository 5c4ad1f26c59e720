import { createCredentials } from '../clients/auth';
import type { UserContext } from '../context';
import { idTaken } from '../domain/taken-names';
import { noteCredentialsSet } from '../steps/note-credentials-set';

/**
 * Second and third step of activation: Auth stores the beak shape, then the user becomes active if
 * the account is open. Throws 409 `id-taken` when Auth has another beak shape (Auth never replaces
 * one here: a sign-up with a foreign id takes nobody over), 503 while Auth is away; a repeated
 * registration resumes here.
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

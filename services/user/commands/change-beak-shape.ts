import { conflict, notFound } from '../../shared/kernel/errors';
import { oweLetter } from '../../shared/messaging/due-letters';
import { User, recipientOf } from '../entities/user.entity';
import { noteCredentialsSet, type Deps } from './set-first-beak-shape';

/**
 * Gives a person another beak shape and ends their sessions; a person without one yet gets their
 * first, which may activate them. A letter tells them of a change. `current` is the old shape, or
 * null when somebody who manages users does it. Throws 404, 403 when `current` is wrong, 409 for
 * the deactivated, 503 while Auth is away.
 */
export async function changeBeakShape(
  deps: Deps,
  { id, beakShape, current }: { id: string; beakShape: string; current: string | null },
): Promise<void> {
  const user = await deps.database.manager.findOneBy(User, { id });
  if (!user) throw notFound('User');
  if (user.status === 'deactivated') throw conflict('deactivated', 'This person is deactivated');
  await deps.auth.replaceBeakShape(id, beakShape, current);
  const now = deps.clock();
  await deps.database.transaction(async (tx) => {
    await noteCredentialsSet(tx, id, now);
    // The first one is no change.
    if (user.credentialsSetAt === null) return;
    const content = { template: 'beak-shape-changed' } as const;
    await oweLetter(tx, { userId: id, recipient: recipientOf(user), content }, now);
  });
}

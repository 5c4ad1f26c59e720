import { conflict, notFound } from '../../shared/kernel/errors';
import { User } from '../entities/user.entity';
import { noteCredentialsSet, type Deps } from './set-first-beak-shape';

/**
 * Gives a person another beak shape and ends their sessions; a person without one yet gets their
 * first, which may activate them. `current` is the old shape, or null when somebody who manages
 * users does it. Throws 404, 403 when `current` is wrong, 409 for the deactivated, 503 while
 * Auth is away.
 */
export async function changeBeakShape(
  deps: Deps,
  { id, beakShape, current }: { id: string; beakShape: string; current: string | null },
): Promise<void> {
  const user = await deps.database.manager.findOneBy(User, { id });
  if (!user) throw notFound('User');
  if (user.status === 'deactivated') throw conflict('deactivated', 'This person is deactivated');
  await deps.auth.replaceBeakShape(id, beakShape, current);
  await noteCredentialsSet(deps, id);
}

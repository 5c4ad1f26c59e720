import { Problem, conflict, notFound } from '../../shared/kernel/errors';
import { replaceBeakShape } from '../clients/auth';
import type { UserContext } from '../context';
import { User } from '../entities/user.entity';
import {
  noteChangeAsked,
  noteChangeHappened,
  noteChangeRefused,
} from '../steps/note-beak-shape-change';
import { noteCredentialsSet } from '../steps/note-credentials-set';

/** From here on the fault is not the request's: Auth may have done it all the same. */
const SERVER_ERROR = 500;

/** Another beak shape for somebody. */
export interface ShapeReplacement {
  id: string;
  /** Who asks for it: the person, or somebody who manages users. */
  actorId: string;
  beakShape: string;
  /** The old shape; null when somebody who manages users does it. */
  current: string | null;
}

/**
 * Gives a person another beak shape and ends their sessions; a person without one yet gets their
 * first, which may activate them. Letters and an audit row tell of a change, see
 * `noteChangeHappened`; should we not learn whether Auth made it, a job tells of it later. Throws
 * 404, 403 when `current` is wrong, 409 for the deactivated, 503 while Auth is away.
 */
export async function changeBeakShape(
  context: UserContext,
  replacement: ShapeReplacement,
): Promise<void> {
  const { id, actorId, beakShape, current } = replacement;
  const { database, sidecar } = context;
  const user = await database.manager.findOneBy(User, { id });
  if (!user) throw notFound('User');
  if (user.status === 'deactivated') throw conflict('deactivated', 'This person is deactivated');
  const asked = { userId: id, actorId };
  const change = await database.transaction(async (tx) =>
    noteChangeAsked(tx, asked, await context.now(tx)),
  );
  try {
    await replaceBeakShape(sidecar, id, { beakShape, current });
  } catch (error) {
    const isRefused = error instanceof Problem && error.status < SERVER_ERROR;
    if (isRefused) await noteChangeRefused(database.manager, change);
    throw error;
  }
  await database.transaction(async (tx) => {
    const now = await context.now(tx);
    await noteChangeHappened(tx, change, 'done', now);
    await noteCredentialsSet(tx, id, now);
  });
}

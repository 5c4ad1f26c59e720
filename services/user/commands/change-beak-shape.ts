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

/** From this status on the outcome is unclear: Auth may have replaced the beak shape. */
const SERVER_ERROR = 500;

/** Replacement of a person's beak shape. */
export interface ShapeReplacement {
  id: string;
  /** The person, or somebody with `users.manage`. */
  actorId: string;
  beakShape: string;
  /** Current shape; null when somebody with `users.manage` replaces another's. */
  current: string | null;
}

/**
 * Replaces a beak shape and ends the person's sessions; a first one may activate the person.
 * `noteChangeHappened` records letters and an audit row; when Auth's answer is lost, the job
 * `tell-unclear-changes` does so later. Throws 404, 403 when `current` is wrong, 409 `deactivated`,
 * 429 after too many wrong attempts, 503 while Auth is away.
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

import { notFound } from '../../shared/kernel/errors';
import type { AuthContext } from '../context';
import { Session } from '../entities/session.entity';
import { endSession } from '../steps/end-sessions';

/** Ends an own session of the person (log-out). Throws 404 for an unknown or another's session. */
export async function endOwnSession(
  { database, clock }: AuthContext,
  { id, userId }: { id: string; userId: string },
): Promise<void> {
  await database.transaction(async (tx) => {
    if (!(await tx.existsBy(Session, { id, userId }))) throw notFound('Session');
    await endSession(tx, { id, userId }, 'logged-out', clock());
  });
}

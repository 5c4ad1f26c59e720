import { refuseViolation } from '../../shared/db/errors';
import { conflict } from '../../shared/kernel/errors';
import type { UserContext } from '../context';
import { idTaken, takenNames } from '../domain/taken-names';
import { User, isSameRegistration, newcomer, type Registration } from '../entities/user.entity';
import { insertUser } from '../steps/insert-user';
import { lockAdministration } from '../steps/lock-users';
import { setFirstBeakShape } from './set-first-beak-shape';

/**
 * Registers the first administrator, for an operator: activated like everybody, but with the role
 * that only administrators assign. A repeat resumes where the first try stopped. Throws 409
 * `administrator-exists`, 409 for a taken id or name, 503 while Auth is away.
 */
export async function createFirstAdmin(
  context: UserContext,
  registration: Registration,
  beakShape: string,
): Promise<void> {
  const now = await context.now(context.database);
  await insertAdmin(context, newcomer(registration, 'admin', now));
  await setFirstBeakShape(context, registration.id, beakShape);
}

async function insertAdmin({ database }: UserContext, admin: User): Promise<void> {
  const work = database.transaction(async (tx) => {
    await lockAdministration(tx);
    if (await tx.existsBy(User, { role: 'admin', status: 'active' })) {
      throw conflict('administrator-exists', 'There is an active administrator already');
    }
    const known = await tx.findOneBy(User, { id: admin.id });
    if (!known) return insertUser(tx, admin);
    if (known.role !== 'admin' || !isSameRegistration(known, admin)) throw idTaken();
  });
  await work.catch(refuseViolation(takenNames));
}

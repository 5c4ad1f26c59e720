import type { Database } from '../../shared/db/data-source';
import { conflict } from '../../shared/kernel/errors';
import { User } from '../entities/user.entity';
import { lockAdministration } from './lock-users';
import { refuseTakenName, idTaken } from './refuse-taken-name';
import { insertUser, isSameRegistration, newcomer, type Registration } from './register-user';
import { setFirstBeakShape, type Deps } from './set-first-beak-shape';

/**
 * Registers an administrator, for an operator: through the same activation as everybody, but
 * with the role that only an administrator could give. The same command again goes on where it
 * stopped. Throws 409 when an active administrator is there already, or a name is taken.
 */
export async function createFirstAdmin(
  deps: Deps,
  registration: Registration,
  beakShape: string,
): Promise<void> {
  await insertAdmin(deps.database, newcomer(registration, 'admin', await deps.now(deps.database)));
  await setFirstBeakShape(deps, registration.id, beakShape);
}

async function insertAdmin(database: Database, admin: User): Promise<void> {
  const work = database.transaction(async (tx) => {
    await lockAdministration(tx);
    if (await tx.existsBy(User, { role: 'admin', status: 'active' })) {
      throw conflict('administrator-exists', 'There is an active administrator already');
    }
    const known = await tx.findOneBy(User, { id: admin.id });
    if (!known) return insertUser(tx, admin);
    if (known.role !== 'admin' || !isSameRegistration(known, admin)) throw idTaken();
  });
  await work.catch(refuseTakenName);
}

import type { Database } from '../../shared/db/data-source';
import { conflict } from '../../shared/kernel/errors';
import type { UserContext } from '../context';
import { User } from '../entities/user.entity';
import { insertUser, isSameRegistration, newcomer, type Registration } from '../steps/insert-user';
import { lockAdministration } from '../steps/lock-users';
import { refuseTakenName, idTaken } from '../steps/refuse-taken-name';
import { setFirstBeakShape } from './set-first-beak-shape';

/**
 * Registers an administrator, for an operator: through the same activation as everybody, but
 * with the role that only an administrator could give. The same command again goes on where it
 * stopped. Throws 409 when an active administrator is there already, or a name is taken.
 */
export async function createFirstAdmin(
  context: UserContext,
  registration: Registration,
  beakShape: string,
): Promise<void> {
  const { database, now } = context;
  await insertAdmin(database, newcomer(registration, 'admin', await now(database)));
  await setFirstBeakShape(context, registration.id, beakShape);
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

import { query, type Tx } from '../../shared/db/data-source';
import { requireVersion, type BasedOn } from '../../shared/kernel/based-on';
import { notFound } from '../../shared/kernel/errors';
import { User } from '../entities/user.entity';

/** Advisory lock key (arbitrary) that serialises changes of roles, managers and statuses. */
const ADMINISTRATION_LOCK = 727_101;

/**
 * Serialises changes of roles, managers and statuses until the transaction ends: two concurrent
 * changes, each valid alone, could leave no administrator, or a circle of managers. Call before any
 * row lock.
 */
export async function lockAdministration(tx: Tx): Promise<void> {
  await query(tx, 'SELECT pg_advisory_xact_lock($1)', [ADMINISTRATION_LOCK]);
}

/**
 * Returns the user with a row lock until the transaction ends. Throws 404, 412 `stale-version` when
 * the current version is not in `basedOn`. `FOR NO KEY UPDATE`, as in each lock of users: a person
 * below or a membership refers to this row, which under `FOR UPDATE` waits, and can deadlock.
 */
export async function lockUser(tx: Tx, id: string, basedOn: BasedOn = 'any'): Promise<User> {
  const user = await tx.findOne(User, { where: { id }, lock: { mode: 'for_no_key_update' } });
  if (!user) throw notFound('User');
  requireVersion(basedOn, user.version);
  return user;
}

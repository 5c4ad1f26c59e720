import { query, type Tx } from '../../shared/db/data-source';
import { requireVersion, type BasedOn } from '../../shared/kernel/based-on';
import { notFound } from '../../shared/kernel/errors';
import { User } from '../entities/user.entity';

/** Any number, the same everywhere: who holds it may change roles, managers and statuses. */
const ADMINISTRATION_LOCK = 727_101;

/**
 * Lets one change of roles, managers or statuses run at a time: each of two at once could be
 * right by itself and both together leave no administrator, or a circle of managers. To be taken
 * before any row.
 */
export async function lockAdministration(tx: Tx): Promise<void> {
  await query(tx, 'SELECT pg_advisory_xact_lock($1)', [ADMINISTRATION_LOCK]);
}

/**
 * The user, locked until the transaction ends. Throws 404, and 412 when the present version is
 * not one that the change is based on.
 */
export async function lockUser(tx: Tx, id: string, basedOn: BasedOn = 'any'): Promise<User> {
  const user = await tx.findOne(User, { where: { id }, lock: { mode: 'pessimistic_write' } });
  if (!user) throw notFound('User');
  requireVersion(basedOn, user.version);
  return user;
}

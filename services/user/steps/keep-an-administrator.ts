import { Not } from 'typeorm';
import type { Tx } from '../../shared/db/data-source';
import { conflict } from '../../shared/kernel/errors';
import { User } from '../entities/user.entity';

/**
 * Throws 409 `last-administrator` for the last active administrator: nobody could assign the role
 * again. Call under `lockAdministration`.
 */
export async function keepAnAdministrator(tx: Tx, user: User): Promise<void> {
  if (user.role !== 'admin' || user.status !== 'active') return;
  const hasAnother = await tx.existsBy(User, { id: Not(user.id), role: 'admin', status: 'active' });
  if (!hasAnother) {
    throw conflict('last-administrator', 'Somebody must stay administrator');
  }
}

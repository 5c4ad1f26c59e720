import type { Tx } from '../../shared/db/data-source';
import { requireVersion, type BasedOn } from '../../shared/kernel/based-on';
import { notFound } from '../../shared/kernel/errors';
import { Group } from '../entities/group.entity';
import { lockAdministration } from './lock-users';

/**
 * Returns the group with a row lock until the transaction ends, under `lockAdministration`. Throws
 * 404, 412 `stale-version` when the current version is not in `basedOn`.
 */
export async function lockGroup(tx: Tx, id: string, basedOn: BasedOn): Promise<Group> {
  await lockAdministration(tx);
  const group = await tx.findOne(Group, { where: { id }, lock: { mode: 'pessimistic_write' } });
  if (!group) throw notFound('Group');
  requireVersion(basedOn, group.version);
  return group;
}

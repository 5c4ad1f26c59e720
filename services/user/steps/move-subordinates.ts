import { query, type Tx } from '../../shared/db/data-source';
import { auditEach } from './audit-each';
import { publishUserUpdates } from './publish-user-updates';

/** Leavers themselves and their direct subordinates, in the order of ids: prevents deadlocks. */
const LOCK = `
SELECT FROM users WHERE id = ANY ($1::uuid[]) OR manager_id = ANY ($1::uuid[])
ORDER BY id FOR NO KEY UPDATE`;

/**
 * Walks up from the leaver to the first active manager. UNION, not UNION ALL: the recursion ends
 * even if managers formed a circle.
 */
const MOVE = `
WITH RECURSIVE above AS (
  SELECT id, manager_id, status FROM users WHERE id = $1
  UNION
  SELECT users.id, users.manager_id, users.status
  FROM above JOIN users ON users.id = above.manager_id WHERE above.status <> 'active')
UPDATE users SET version = version + 1,
  manager_id = (SELECT id FROM above WHERE status = 'active')
WHERE manager_id = $1 RETURNING id, manager_id AS "managerId"`;

/** Locks leavers and their direct subordinates. Call under `lockAdministration`. */
export async function lockTeams(tx: Tx, leaverIds: readonly string[]): Promise<void> {
  await query(tx, LOCK, [leaverIds]);
}

/**
 * Moves the direct subordinates of a deactivated person to the first active manager above, or to
 * nobody, and publishes `UserUpdated` and writes an audit row for each, in one statement each. Call
 * under `lockAdministration`, after the deactivation is stored.
 */
export async function moveSubordinates(
  tx: Tx,
  { id, actorId }: { id: string; actorId: string | null },
  now: Date,
): Promise<void> {
  const moved = await query<{ id: string; managerId: string | null }>(tx, MOVE, [id]);
  const ids = moved.map((each) => each.id);
  await auditEach(tx, ids, {
    actorId,
    action: 'manager.changed',
    before: id,
    after: moved[0]?.managerId ?? null,
    reason: 'The manager was deactivated',
  });
  await publishUserUpdates(tx, ids, now);
}

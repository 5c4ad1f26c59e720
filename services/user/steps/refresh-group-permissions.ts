import { query, type Tx } from '../../shared/db/data-source';
import { effectiveSql, publishUserUpdates } from './publish-user-updates';

/**
 * Locks in the order of ids: prevents deadlocks with other batches. The version counts only a
 * change of effective permissions: the role or a personal grant may give them as well.
 */
const REFRESH = `
WITH member AS (
  SELECT id, role, status, permissions, group_permissions FROM users
  WHERE id = ANY ($1::uuid[]) ORDER BY id FOR NO KEY UPDATE
), granted AS (
  SELECT user_id, array_agg(DISTINCT given ORDER BY given) AS names
  FROM group_members JOIN groups ON groups.id = group_id CROSS JOIN unnest(permissions) AS given
  WHERE user_id = ANY ($1::uuid[]) GROUP BY user_id
), derived AS (
  SELECT member.*, coalesce(names, '{}') AS of_groups
  FROM member LEFT JOIN granted ON user_id = id
), changed AS (
  SELECT id, of_groups,
    ${effectiveSql('of_groups')} <> ${effectiveSql('group_permissions')} AS is_effective
  FROM derived WHERE of_groups <> group_permissions
)
UPDATE users SET group_permissions = of_groups, version = version + is_effective::integer
FROM changed WHERE users.id = changed.id
RETURNING users.id, is_effective AS "isEffective"`;

/**
 * Derives the group permissions of these users again and publishes `UserUpdated` for each whose
 * effective permissions changed: two statements for any number of users. Call under
 * `lockAdministration`, after the change of groups or members.
 */
export async function refreshGroupPermissions(
  tx: Tx,
  userIds: readonly string[],
  now: Date,
): Promise<void> {
  const changed = await query<{ id: string; isEffective: boolean }>(tx, REFRESH, [userIds]);
  const ids = changed.filter(({ isEffective }) => isEffective).map(({ id }) => id);
  await publishUserUpdates(tx, ids, now);
}
